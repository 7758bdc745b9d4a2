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

  /** The table before its expectations leave rows out. */
  static String raw(String table) {
    return "__before_expectations_" + table;
  }

  /** A text as a literal. */
  static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
