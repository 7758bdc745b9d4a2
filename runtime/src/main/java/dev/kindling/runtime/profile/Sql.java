package dev.kindling.runtime.profile;

/** Names and texts in Spark SQL. */
final class Sql {
  private Sql() {}

  static String name(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  static String text(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
