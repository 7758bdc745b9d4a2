package dev.kindling.testkit.suite;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One file of Spark's SQL tests, cut the way Spark's own runner cuts it.
 *
 * @param name the path below {@code inputs/}
 * @param settings what the file's directives and its folder set, the first of several combinations
 * @param statements the statements in their order, those of imported files first
 */
record SuiteFile(String name, Map<String, String> settings, List<String> statements) {
  // A semicolon after a backslash belongs to the statement.
  private static final Pattern SEMICOLON = Pattern.compile("(?<=[^\\\\]);");
  private static final String DELIMITER = "--QUERY-DELIMITER";

  SuiteFile {
    requireNonNull(name, "name is null");
    settings = Map.copyOf(settings);
    statements = List.copyOf(statements);
  }

  /**
   * Reads a file's text.
   *
   * @param importedText the text of a file that a directive names
   */
  static SuiteFile parse(String name, String text, Function<String, String> importedText) {
    Map<String, String> settings = settingsOfFolder(name);
    List<String> code = new ArrayList<>();
    String firstCombination = "";
    for (String line : comments(text)) {
      if (line.startsWith("--IMPORT ")) {
        code.addAll(code(importedText.apply(line.substring(9).strip())));
      } else if (line.startsWith("--SET ")) {
        put(settings, line.substring(6));
      } else if (line.startsWith("--CONFIG_DIM") && !firstCombination.contains(dimension(line))) {
        firstCombination += dimension(line);
        put(settings, line.substring(line.indexOf(' ') + 1));
      }
    }
    code.addAll(code(text));
    return new SuiteFile(name, settings, statements(code));
  }

  private static String dimension(String line) {
    return line.substring(12, line.indexOf(' ')) + ' ';
  }

  private static Map<String, String> settingsOfFolder(String name) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.sql.ansi.enabled", String.valueOf(!name.startsWith("nonansi/")));
    if (name.startsWith("postgreSQL/") || name.startsWith("udf/postgreSQL/")) {
      settings.put("spark.sql.legacy.interval.enabled", "true");
    } else if (name.startsWith("timestampNTZ/")) {
      settings.put("spark.sql.timestampType", "TIMESTAMP_NTZ");
    }
    return settings;
  }

  private static void put(Map<String, String> settings, String assignments) {
    for (String assignment : assignments.split(",", -1)) {
      String[] parts = assignment.split("=", 2);
      settings.put(parts[0].strip(), parts[1].strip());
    }
  }

  private static boolean isComment(String line) {
    return line.strip().startsWith("--") && !line.strip().startsWith(DELIMITER);
  }

  private static List<String> comments(String text) {
    return text.lines().filter(SuiteFile::isComment).map(String::strip).toList();
  }

  private static List<String> code(String text) {
    return text.lines().filter(line -> !isComment(line)).toList();
  }

  private static List<String> statements(List<String> code) {
    List<String> cut = new ArrayList<>();
    List<String> part = new ArrayList<>();
    for (String line : code) {
      if (line.strip().startsWith(DELIMITER + "-START")) {
        cut.addAll(List.of(SEMICOLON.split(String.join("\n", part))));
        part.clear();
      } else if (line.strip().startsWith(DELIMITER + "-END")) {
        String whole = String.join("\n", part);
        cut.add(whole.endsWith(";") ? whole.substring(0, whole.length() - 1) : whole);
        part.clear();
      } else {
        part.add(line);
      }
    }
    cut.addAll(List.of(SEMICOLON.split(String.join("\n", part))));
    return cut.stream()
        .map(
            statement ->
                String.join(
                        "\n",
                        statement.strip().lines().filter(line -> !line.startsWith("--")).toList())
                    .strip())
        .filter(statement -> !statement.isEmpty())
        .toList();
  }
}
