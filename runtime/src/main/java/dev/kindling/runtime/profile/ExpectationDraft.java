package dev.kindling.runtime.profile;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.kindling.runtime.profile.ColumnProfile.Frequent;
import dev.kindling.runtime.profile.ColumnProfile.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Expectations that the rows of a profile keep, as YAML for a table of a pipeline file. They say
 * what is so today; what must be so is for whoever pastes them to decide.
 */
public final class ExpectationDraft {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Set<String> YAML_WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");
  // Fewer rows for each value would make a coincidence of it.
  private static final long ROWS_PER_VALUE = 10;
  private static final String BOUND = "-?[0-9]+(\\.[0-9]+)?";

  private ExpectationDraft() {}

  /** The lines of {@code expect:}; empty where nothing can be said. */
  public static List<String> of(TableProfile profile) {
    if (profile.rows() == 0) {
      return List.of();
    }
    List<String> rules = new ArrayList<>();
    List<String> full =
        profile.columns().stream()
            .filter(column -> column.nulls() == 0)
            .map(column -> word(column.name()))
            .toList();
    if (!full.isEmpty()) {
      rules.add("not_null: [" + String.join(", ", full) + "]");
    }
    for (ColumnProfile column : profile.columns()) {
      column.values().ifPresent(values -> add(profile, column, values, rules));
    }
    rules.add("row_count: { min: 1 }");
    List<String> lines = new ArrayList<>(List.of("expect:"));
    rules.forEach(rule -> lines.add("  - " + rule));
    return lines;
  }

  private static void add(
      TableProfile profile, ColumnProfile column, Values values, List<String> rules) {
    String name = word(column.name());
    if (values.distinct() == profile.rows() && profile.rows() > 1) {
      rules.add("unique: " + name);
    } else if (isText(column) && isClosedSet(profile, values)) {
      rules.add(
          "accepted_values: { column: %s, values: [%s] }"
              .formatted(
                  name,
                  values.frequent().stream()
                      .map(Frequent::value)
                      .sorted()
                      .collect(Collectors.joining(", "))));
    }
    if (values.numbers().isPresent()
        && values.least().orElse("").matches(BOUND)
        && values.greatest().orElse("").matches(BOUND)) {
      rules.add(range(name, values.least().get(), values.greatest().get()));
    } else if (column.type().equals("DATE") && values.least().isPresent()) {
      rules.add(
          range(
              name,
              "\"DATE'" + values.least().get() + "'\"",
              "\"DATE'" + values.greatest().orElseThrow() + "'\""));
    }
  }

  private static String range(String name, String least, String greatest) {
    return "range: { column: %s, min: %s, max: %s }".formatted(name, least, greatest);
  }

  private static boolean isText(ColumnProfile column) {
    return column.type().equals("STRING");
  }

  private static boolean isClosedSet(TableProfile profile, Values values) {
    return values.distinct() > 0
        && values.distinct() == values.frequent().size()
        && values.distinct() * ROWS_PER_VALUE <= profile.rows()
        && values.frequent().stream().allMatch(value -> isPlain(value.value()));
  }

  private static boolean isPlain(String text) {
    return PLAIN.matcher(text).matches() && !YAML_WORDS.contains(text.toLowerCase(Locale.ROOT));
  }

  private static String word(String name) {
    return isPlain(name)
        ? name
        : '"' + new String(JsonStringEncoder.getInstance().quoteAsString(name)) + '"';
  }
}
