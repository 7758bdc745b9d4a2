package dev.kindling.runtime.pipeline;

import java.util.List;
import java.util.Locale;

/** Identifiers of Spark SQL. */
final class Names {
  private Names() {}

  /** Spark takes upper and lower case of a table's name as equal. */
  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  static String quote(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  static String quoted(List<String> names) {
    return String.join(", ", names.stream().map(Names::quote).toList());
  }

  private static final String RAW = "__before_expectations";
  private static final String RECORDS = "__records";
  private static final String SOURCE = "__source";
  private static final String CALLED = "__called";
  private static final String GIVEN = "__given";
  private static final String EXPECTED = "__expected";
  private static final String SAMPLED = "__sampled";

  /** The table before its expectations leave rows out. */
  static String raw(String table) {
    return table + RAW;
  }

  /** The source of a table with the text of its bad records, staged. */
  static String records(String table) {
    return table + RECORDS;
  }

  /** The source of a table with the text of its bad records, in the user's files. */
  static String source(String table) {
    return table + SOURCE;
  }

  /** What a class makes of its inputs, before it is staged. */
  static String called(String table) {
    return table + CALLED;
  }

  /** The file with the rows that a test gives a table. */
  static String given(String table) {
    return table + GIVEN;
  }

  /** The file with the rows that a test expects of a table. */
  static String expected(String table) {
    return table + EXPECTED;
  }

  /** The files of a table, for a look at some rows. */
  static String sampled(String table) {
    return table + SAMPLED;
  }

  /** The user's table that a name of these belongs to. */
  static String user(String name) {
    for (String end : new String[] {RAW, RECORDS, SOURCE, CALLED, GIVEN, EXPECTED, SAMPLED}) {
      if (name.endsWith(end)) {
        return name.substring(0, name.length() - end.length());
      }
    }
    return name;
  }

  /** A text as a literal. */
  static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
