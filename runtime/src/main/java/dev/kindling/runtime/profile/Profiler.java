package dev.kindling.runtime.profile;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.runtime.profile.ColumnProfile.Frequent;
import dev.kindling.runtime.profile.ColumnProfile.Lengths;
import dev.kindling.runtime.profile.ColumnProfile.Numbers;
import dev.kindling.runtime.profile.ColumnProfile.Values;
import dev.kindling.runtime.script.DataFiles;
import dev.kindling.runtime.script.ResultColumn;
import dev.kindling.runtime.script.ScriptOptions;
import dev.kindling.runtime.script.ScriptRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Looks at all rows of a table: once for all columns together, once more for the frequent values of
 * each and for rows that are there twice.
 */
public final class Profiler implements AutoCloseable {
  /** Where quantiles are taken. */
  public static final List<Double> QUANTILES = List.of(0.05, 0.25, 0.5, 0.75, 0.95);

  /** How many values are kept of each column. */
  public static final int FREQUENT = 10;

  private static final String VIEW = "kindling_profile";

  private final Answers answers;
  private final ScriptRunner runner;

  /**
   * @param talk gets a line when Spark runs something
   */
  public Profiler(ScriptOptions options, Consumer<String> talk) {
    this.answers = new Answers(talk);
    this.runner = ScriptRunner.open(options, answers);
  }

  /**
   * Looks at a table of a pipeline.
   *
   * @throws KindlingException when there is no such table, or it cannot be read
   */
  public TableProfile table(Pipeline pipeline, String table) {
    runner.addTables(pipeline);
    return profile(table, Sql.name(table));
  }

  /**
   * Looks at a file or a folder of files of one format.
   *
   * @throws KindlingException when it is not there, or of no format that is known
   */
  public TableProfile file(Path path) {
    if (!Files.exists(path)) {
      throw new KindlingException(
          ErrorCode.FILE_NOT_FOUND,
          "There is no file or folder '%s'. A table of a pipeline is named with -p kindling.yaml."
              .formatted(path));
    }
    String format = DataFiles.format(path);
    if (format.equals("csv")) {
      CsvTypes.define(VIEW, path, DataFiles.first(path), answers, runner);
      return profile(path.toString(), VIEW);
    }
    return profile(path.toString(), format + "." + Sql.name(path.toString()));
  }

  private TableProfile profile(String shown, String table) {
    List<ResultColumn> columns = runner.columns(table);
    List<String> parts = new ArrayList<>(List.of("count(*)"));
    columns.forEach(column -> parts.addAll(aggregates(column)));
    List<Optional<String>> cells =
        answers.to("SELECT " + String.join(", ", parts) + " FROM " + table, runner).get(0);
    long rows = number(cells.get(0));
    List<ColumnProfile> profiles = new ArrayList<>();
    int at = 1;
    for (ResultColumn column : columns) {
      int count = aggregates(column).size();
      profiles.add(column(table, column, rows, cells.subList(at, at + count)));
      at += count;
    }
    return new TableProfile(shown, rows, duplicates(table, columns), profiles);
  }

  /** Whether values of a type have an order that SQL's min and max know, and few forms. */
  private static boolean compared(ResultColumn column) {
    return !column.type().matches("(?i)(ARRAY|MAP|STRUCT|BINARY|VARIANT|INTERVAL).*");
  }

  private static boolean isText(ResultColumn column) {
    return column.type().matches("(?i)(STRING|CHAR|VARCHAR).*");
  }

  private static boolean isNumber(ResultColumn column) {
    return column.kind() == ResultColumn.Kind.NUMBER;
  }

  private static List<String> aggregates(ResultColumn column) {
    String name = Sql.name(column.name());
    List<String> parts = new ArrayList<>(List.of("count(" + name + ")"));
    if (compared(column)) {
      parts.add("count(DISTINCT " + name + ")");
      parts.add("min(" + name + ")");
      parts.add("max(" + name + ")");
    }
    if (isNumber(column)) {
      parts.add("CAST(avg(" + name + ") AS DOUBLE)");
      QUANTILES.forEach(at -> parts.add("percentile(" + name + ", " + at + ")"));
    } else if (isText(column)) {
      parts.add("min(length(" + name + "))");
      parts.add("avg(length(" + name + "))");
      parts.add("max(length(" + name + "))");
    }
    return parts;
  }

  private ColumnProfile column(
      String table, ResultColumn column, long rows, List<Optional<String>> cells) {
    long nulls = rows - number(cells.get(0));
    if (!compared(column)) {
      return new ColumnProfile(column.name(), column.type(), nulls, Optional.empty());
    }
    boolean some = nulls < rows;
    Optional<Numbers> numbers =
        some && isNumber(column)
            ? Optional.of(
                new Numbers(
                    real(cells.get(4)),
                    cells.subList(5, cells.size()).stream().map(Profiler::real).toList()))
            : Optional.empty();
    Optional<Lengths> lengths =
        some && isText(column)
            ? Optional.of(
                new Lengths(number(cells.get(4)), real(cells.get(5)), number(cells.get(6))))
            : Optional.empty();
    return new ColumnProfile(
        column.name(),
        column.type(),
        nulls,
        Optional.of(
            new Values(
                number(cells.get(1)),
                cells.get(2),
                cells.get(3),
                numbers,
                lengths,
                frequent(table, column))));
  }

  private List<Frequent> frequent(String table, ResultColumn column) {
    String name = Sql.name(column.name());
    String sql =
        "SELECT %s AS value, count(*) AS n FROM %s WHERE %s IS NOT NULL GROUP BY %s"
                .formatted(name, table, name, name)
            + " ORDER BY n DESC, value LIMIT "
            + FREQUENT;
    return answers.to(sql, runner).stream()
        .map(row -> new Frequent(row.get(0).orElse(""), number(row.get(1))))
        .toList();
  }

  private OptionalLong duplicates(String table, List<ResultColumn> columns) {
    if (!columns.stream().allMatch(Profiler::compared)) {
      return OptionalLong.empty();
    }
    String names =
        columns.stream().map(column -> Sql.name(column.name())).collect(Collectors.joining(", "));
    String sql =
        "SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM %s GROUP BY %s)"
            .formatted(table, names);
    return OptionalLong.of(number(answers.to(sql, runner).get(0).get(0)));
  }

  private static long number(Optional<String> cell) {
    return Long.parseLong(cell.orElseThrow());
  }

  private static double real(Optional<String> cell) {
    return Double.parseDouble(cell.orElseThrow());
  }

  @Override
  public void close() {
    runner.close();
  }
}
