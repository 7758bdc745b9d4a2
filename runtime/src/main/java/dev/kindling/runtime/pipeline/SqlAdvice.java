package dev.kindling.runtime.pipeline;

import dev.kindling.embedded.EmbeddedSession;
import dev.kindling.model.pipeline.Suggestions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to do about SQL that is not right, where the pipeline knows more than Spark does. */
final class SqlAdvice {
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");
  private static final Pattern FIRST_WORD =
      Pattern.compile("\\A(?:\\s|--[^\\n]*(?:\\n|\\z)|/\\*.*?\\*/)*([A-Za-z]+)", Pattern.DOTALL);

  /** First words of statements that change something and give no rows. */
  private static final Set<String> COMMANDS =
      Set.of(
          "ALTER",
          "CREATE",
          "DELETE",
          "DROP",
          "INSERT",
          "MERGE",
          "SET",
          "TRUNCATE",
          "UPDATE",
          "USE");

  private SqlAdvice() {}

  /** Why a table's SQL is no query; empty when it may be one. */
  static Optional<String> notAQuery(String sql) {
    Matcher first = FIRST_WORD.matcher(sql);
    if (!first.find() || !COMMANDS.contains(first.group(1).toUpperCase(Locale.ROOT))) {
      return Optional.empty();
    }
    return Optional.of(
        "its SQL is no query, found a statement that begins with %s (accepted: such as SELECT … or"
                .formatted(first.group(1).toUpperCase(Locale.ROOT))
            + " WITH …). What the table's name is and where its rows go is said beside 'sql'.");
  }

  /**
   * Spark's message about a query, with what the pipeline knows in the place of advice about
   * catalogues.
   *
   * @param tables of the pipeline
   */
  static String improved(String message, List<String> tables, EmbeddedSession session) {
    Matcher name = NAME.matcher(message);
    if (message.startsWith("[TABLE_OR_VIEW_NOT_FOUND]") && name.find()) {
      return message.substring(0, name.end())
          + " cannot be found (tables of the pipeline: "
          + String.join(", ", tables)
          + ")"
          + orPeriod(Suggestions.didYouMean(name.group(1), tables));
    }
    if (message.startsWith("[UNRESOLVED_ROUTINE]") && name.find()) {
      List<String> functions =
          session.words().stream()
              .filter(word -> word.equals(word.toLowerCase(Locale.ROOT)))
              .toList();
      return message.substring(0, name.end())
          + " is no function of Spark SQL"
          + orPeriod(Suggestions.didYouMean(name.group(1), functions));
    }
    return message;
  }

  private static String orPeriod(String suggestion) {
    return suggestion.isEmpty() ? "." : suggestion;
  }
}
