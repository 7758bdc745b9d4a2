package dev.kindling.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Values of {@code --param} as SQL literals. */
final class SqlParams {
  // A number, TRUE, FALSE, NULL, a quoted text, or a quoted text with a type before it.
  private static final Pattern LITERAL =
      Pattern.compile(
          "[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?(L|S|Y|F|D|BD)?"
              + "|true|false|null"
              + "|((DATE|TIMESTAMP|TIMESTAMP_NTZ|TIMESTAMP_LTZ|INTERVAL|X|R)\\s*)?"
              + "('([^'\\\\]|\\\\.|'')*'|\"([^\"\\\\]|\\\\.|\"\")*\")",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private SqlParams() {}

  /** Texts that are no literal become string literals: {@code --param country=Italy} works. */
  static Map<String, String> literals(Map<String, String> values) {
    Map<String, String> literals = new LinkedHashMap<>();
    values.forEach((name, value) -> literals.put(name, literal(value)));
    return literals;
  }

  static String literal(String value) {
    return LITERAL.matcher(value.strip()).matches()
        ? value.strip()
        : "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
