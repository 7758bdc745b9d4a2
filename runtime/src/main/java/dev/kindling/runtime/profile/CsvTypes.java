package dev.kindling.runtime.profile;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.runtime.script.ScriptRunner;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The columns of a CSV file with a header: each has the narrowest of BIGINT, DOUBLE, DATE,
 * TIMESTAMP and BOOLEAN that all its texts can be cast to, else STRING. Numbers with leading zeros
 * are texts.
 */
final class CsvTypes {
  private static final List<String> TYPES =
      List.of("BIGINT", "DOUBLE", "DATE", "TIMESTAMP", "BOOLEAN");

  private CsvTypes() {}

  /** Makes the file known as a view with those columns. */
  static void define(String view, Path path, Path first, Answers answers, ScriptRunner runner) {
    List<String> names = header(first);
    create(
        view,
        path,
        names.stream().map(name -> Sql.name(name) + " STRING").toList(),
        answers,
        runner);
    List<String> counts = new ArrayList<>();
    for (String name : names) {
      String column = Sql.name(name);
      counts.add("count(" + column + ")");
      String number = "CASE WHEN NOT " + column + " RLIKE '^[+-]?0[0-9]' THEN " + column + " END";
      counts.add("count(try_cast(" + number + " AS BIGINT))");
      counts.add("count(try_cast(" + number + " AS DOUBLE))");
      // A cast to DATE leaves out what follows a blank.
      counts.add(
          "count(try_cast(CASE WHEN length("
              + column
              + ") <= 10 THEN "
              + column
              + " END AS DATE))");
      counts.add("count(try_cast(" + column + " AS TIMESTAMP))");
      counts.add("count(try_cast(" + column + " AS BOOLEAN))");
    }
    List<Optional<String>> found =
        answers.to("SELECT " + String.join(", ", counts) + " FROM " + view, runner).get(0);
    List<String> columns = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      int at = c * (TYPES.size() + 1);
      columns.add(Sql.name(names.get(c)) + " " + type(found.subList(at, at + TYPES.size() + 1)));
    }
    create(view, path, columns, answers, runner);
  }

  private static String type(List<Optional<String>> counts) {
    String all = counts.get(0).orElseThrow();
    if (!all.equals("0")) {
      for (int t = 0; t < TYPES.size(); t++) {
        if (counts.get(t + 1).orElseThrow().equals(all)) {
          return TYPES.get(t);
        }
      }
    }
    return "STRING";
  }

  private static void create(
      String view, Path path, List<String> columns, Answers answers, ScriptRunner runner) {
    answers.to(
        "CREATE OR REPLACE TEMPORARY VIEW %s (%s) USING csv OPTIONS (path %s, header 'true')"
            .formatted(view, String.join(", ", columns), Sql.text(path.toString())),
        runner);
  }

  private static List<String> header(Path file) {
    String line;
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      line = reader.readLine();
    } catch (IOException e) {
      throw new KindlingException(
          ErrorCode.FILE_ACCESS, "Cannot read the CSV file '" + file + "': " + e.getMessage(), e);
    }
    List<String> names = line == null ? List.of() : fields(line.replace("\uFEFF", ""));
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (name.isBlank() || !seen.add(name.toLowerCase(Locale.ROOT))) {
        throw new KindlingException(
            ErrorCode.USAGE,
            "The first line of '%s' does not name its columns: '%s' is %s. Describe the file in a"
                    .formatted(file, name, name.isBlank() ? "no name" : "there twice")
                + " pipeline file and profile its table: kindling profile TABLE -p kindling.yaml");
      }
    }
    if (names.isEmpty()) {
      throw new KindlingException(ErrorCode.USAGE, "The CSV file '" + file + "' is empty.");
    }
    return names;
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
