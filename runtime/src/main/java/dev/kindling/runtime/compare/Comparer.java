package dev.kindling.runtime.compare;

import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.runtime.RowSpool;
import dev.kindling.runtime.Rows;
import dev.kindling.runtime.Scratch;
import dev.kindling.runtime.pipeline.PipelineOptions;
import dev.kindling.runtime.pipeline.PipelineResults;
import dev.kindling.runtime.script.ResultColumn;
import dev.kindling.runtime.script.ScriptListener;
import dev.kindling.runtime.script.ScriptOptions;
import dev.kindling.runtime.script.ScriptRunner;
import dev.kindling.runtime.script.StatementResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs the same work with and without the embedded engine and compares the results: column names,
 * types, rows as often as they occur, and their order where the query asks for one.
 */
public final class Comparer {
  private Comparer() {}

  /**
   * Compares the statements of a script.
   *
   * @param origin what the script is called in messages
   * @param talk gets a line when a statement cannot run on the embedded engine, and why
   */
  public static List<Comparison> script(
      String script, Path origin, ScriptOptions options, Consumer<String> talk) {
    try (Scratch scratch = Scratch.temporary()) {
      Map<String, Side> here =
          collect(script, origin, options.withEngine(Engine.AUTO), scratch, talk);
      Map<String, Side> spark =
          collect(script, origin, options.withEngine(Engine.SPARK), scratch, line -> {});
      return compare(here, spark);
    }
  }

  /**
   * Compares the tables of a pipeline that are written, or those that no other table reads when
   * none is. Nothing is published.
   */
  public static List<Comparison> pipeline(
      Pipeline pipeline, PipelineOptions options, Consumer<String> talk) {
    try (Scratch scratch = Scratch.temporary()) {
      Map<String, Side> here = collect(pipeline, options, scratch, talk);
      Map<String, Side> spark =
          collect(pipeline, options.withEngine(Engine.SPARK), scratch, line -> {});
      return compare(here, spark);
    }
  }

  /** A result of one engine, kept. */
  private record Side(StatementResult result, RowSpool rows) {}

  private static Map<String, Side> collect(
      String script, Path origin, ScriptOptions options, Scratch scratch, Consumer<String> talk) {
    Map<String, Side> sides = new LinkedHashMap<>();
    ScriptListener listener =
        new ScriptListener() {
          @Override
          public void result(StatementResult result) {
            if (!result.columns().isEmpty()) {
              sides.put("statement " + result.statement(), keep(result, scratch));
            }
          }

          @Override
          public void talk(String line) {
            talk.accept(line);
          }
        };
    try (ScriptRunner runner = ScriptRunner.open(options, listener)) {
      runner.run(script, origin);
    }
    return sides;
  }

  private static Map<String, Side> collect(
      Pipeline pipeline, PipelineOptions options, Scratch scratch, Consumer<String> talk) {
    Map<String, Side> sides = new LinkedHashMap<>();
    PipelineResults.collect(
        pipeline, options, talk, (table, result) -> sides.put(table, keep(result, scratch)));
    return sides;
  }

  private static Side keep(StatementResult result, Scratch scratch) {
    int columns = result.columns().size();
    RowSpool copy = new RowSpool(scratch.folder(), columns);
    result
        .rows()
        .forEach(
            row -> {
              String[] cells = new String[columns];
              for (int c = 0; c < columns; c++) {
                cells[c] = row.isNull(c) ? null : row.text(c);
              }
              copy.add(cells);
            });
    return new Side(result, copy);
  }

  private static List<Comparison> compare(Map<String, Side> here, Map<String, Side> spark) {
    List<Comparison> comparisons = new ArrayList<>();
    here.forEach((name, side) -> comparisons.add(compare(name, side, spark.get(name))));
    here.values().forEach(side -> side.rows().close());
    spark.values().forEach(side -> side.rows().close());
    return comparisons;
  }

  private static Comparison compare(String name, Side here, Side spark) {
    StatementResult left = here.result();
    Rows rows = here.rows();
    List<String> notes = new ArrayList<>();
    if (left.engine() == Engine.SPARK) {
      return new Comparison(
          name,
          Verdict.NOT_NATIVE,
          rows.count(),
          List.of("Spark ran it on both sides, so this proves nothing"),
          List.of());
    }
    List<String> differences = schema(left.columns(), spark.result().columns());
    if (!differences.isEmpty()) {
      return new Comparison(name, Verdict.DIFFERENT, rows.count(), notes, differences);
    }
    if (left.guarantees().notComparable().isPresent()) {
      return new Comparison(
          name,
          Verdict.NOT_COMPARABLE,
          rows.count(),
          List.of(left.guarantees().notComparable().get()),
          List.of());
    }
    if (!left.guarantees().reassociated().isEmpty()) {
      notes.add(
          "sums of floating point numbers, compared to a relative difference of "
              + RowComparison.TOLERANCE
              + ": "
              + RowComparison.names(left.columns(), left.guarantees().reassociated()));
    }
    differences =
        new RowComparison(left.columns(), rows, spark.rows(), left.guarantees()).differences();
    return new Comparison(
        name,
        differences.isEmpty() ? Verdict.EQUAL : Verdict.DIFFERENT,
        rows.count(),
        notes,
        differences);
  }

  private static List<String> schema(List<ResultColumn> left, List<ResultColumn> right) {
    List<String> differences = new ArrayList<>();
    for (int c = 0; c < Math.max(left.size(), right.size()); c++) {
      String here = c < left.size() ? describe(left.get(c)) : "no column";
      String there = c < right.size() ? describe(right.get(c)) : "no column";
      if (!here.equals(there)) {
        differences.add("column " + (c + 1) + ": embedded has " + here + ", Spark " + there);
      }
    }
    return differences;
  }

  private static String describe(ResultColumn column) {
    return column.name() + " " + column.type();
  }
}
