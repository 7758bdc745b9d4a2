package dev.kindling.embedded;

import dev.kindling.embedded.frontend.SqlFrontEnd;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Settings that ask for old behaviour: they change what queries mean where no rule knows of it. */
final class LegacySettings {
  private static final String PREFIX = "spark.sql.legacy.";

  /** Old behaviour of the parser and the analyser alone: their plan says what it means. */
  private static final Set<String> IN_THE_PLAN =
      Set.of(
          "spark.sql.legacy.allowStarWithSingleTableIdentifierInCount",
          "spark.sql.legacy.bangEqualsNot",
          "spark.sql.legacy.codingErrorAction",
          "spark.sql.legacy.ctePrecedencePolicy",
          "spark.sql.legacy.interval.enabled",
          "spark.sql.legacy.javaCharsets",
          "spark.sql.legacy.parseQueryWithoutEof",
          "spark.sql.legacy.parser.havingWithoutGroupByAsWhere",
          "spark.sql.legacy.percentileDiscCalculation",
          "spark.sql.legacy.setopsPrecedence.enabled",
          "spark.sql.legacy.sizeOfNull",
          "spark.sql.legacy.viewSchemaBindingMode",
          "spark.sql.legacy.viewSchemaCompensation");

  /** Of a plan that another session has analysed, formats are Spark's own code as well. */
  private static final Set<String> IN_AN_ANALYSED_PLAN = withFormats();

  private LegacySettings() {}

  private static Set<String> withFormats() {
    Set<String> names = new HashSet<>(IN_THE_PLAN);
    names.add("spark.sql.legacy.timeParserPolicy");
    return Set.copyOf(names);
  }

  /** What speaks against running queries of this session's own text in DuckDB. */
  static List<Refusal> refused(SqlFrontEnd frontEnd) {
    return refused(frontEnd, IN_THE_PLAN);
  }

  /** What speaks against running plans that a session with these settings has analysed. */
  static List<Refusal> refusedForAnalysed(SqlFrontEnd frontEnd) {
    return refused(frontEnd, IN_AN_ANALYSED_PLAN);
  }

  private static List<Refusal> refused(SqlFrontEnd frontEnd, Set<String> harmless) {
    return frontEnd.explicitSettings().keySet().stream()
        .filter(key -> key.startsWith(PREFIX) && !harmless.contains(key))
        .filter(key -> !frontEnd.isDefault(key))
        .map(
            key ->
                Refusal.of(
                    RefusalCode.SETTING_NOT_SUPPORTED, key, "old behaviour is left to Spark"))
        .toList();
  }
}
