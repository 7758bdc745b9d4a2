package dev.kindling.runtime.compare;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /** What one engine gives for one statement or table. */
  private sealed interface Side {
    /** Its rows, kept. */
    record Result(StatementResult result, RowSpool rows) implements Side {}

    /** The error that ended the script. */
    record Failed(String error) implements Side {}
  }

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
          public void failed(int statement, KindlingException error) {
            sides.put("statement " + statement, new Side.Failed(error.getMessage()));
          }

          @Override
          public void talk(String line) {
            talk.accept(line);
          }
        };
    try (ScriptRunner runner = ScriptRunner.open(options, listener)) {
      runner.run(script, origin);
    } catch (KindlingException e) {
      // A statement's error is an answer, to be compared; any other one is nobody's.
      if (sides.values().stream().noneMatch(Side.Failed.class::isInstance) || !isAnswer(e)) {
        throw e;
      }
    }
    return sides;
  }

  private static boolean isAnswer(KindlingException e) {
    return e.code() == ErrorCode.SPARK_ERROR || e.code() == ErrorCode.SQL_INVALID;
  }

  private static Map<String, Side> collect(
      Pipeline pipeline, PipelineOptions options, Scratch scratch, Consumer<String> talk) {
    Map<String, Side> sides = new LinkedHashMap<>();
    PipelineResults.collect(
        pipeline, options, talk, (table, result) -> sides.put(table, keep(result, scratch)));
    return sides;
  }

  private static Side.Result keep(StatementResult result, Scratch scratch) {
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
    return new Side.Result(result, copy);
  }

  private static List<Comparison> compare(Map<String, Side> here, Map<String, Side> spark) {
    List<Comparison> comparisons = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>(here.keySet());
    names.addAll(spark.keySet());
    for (String name : names) {
      comparisons.add(
          compare(name, Optional.ofNullable(here.get(name)), Optional.ofNullable(spark.get(name))));
    }
    close(here);
    close(spark);
    return comparisons;
  }

  private static void close(Map<String, Side> sides) {
    for (Side side : sides.values()) {
      if (side instanceof Side.Result result) {
        result.rows().close();
      }
    }
  }

  private static Comparison compare(String name, Optional<Side> here, Optional<Side> spark) {
    if (here.orElse(null) instanceof Side.Result ours
        && spark.orElse(null) instanceof Side.Result theirs) {
      return compare(name, ours, theirs);
    }
    String ours = describe(here);
    String theirs = describe(spark);
    boolean same = ours.equals(theirs);
    return new Comparison(
        name,
        same ? Verdict.EQUAL : Verdict.DIFFERENT,
        0,
        same ? List.of("both engines fail: " + ours) : List.of(),
        same ? List.of() : List.of("embedded: " + ours, "Spark:    " + theirs));
  }

  private static String describe(Optional<Side> side) {
    if (side.isEmpty()) {
      return "did not get that far";
    }
    return side.get() instanceof Side.Failed failed
        ? failed.error()
        : "%,d rows".formatted(((Side.Result) side.get()).rows().count());
  }

  private static Comparison compare(String name, Side.Result here, Side.Result spark) {
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
              + NearNumbers.TOLERANCE
              + ": "
              + RowComparison.names(left.columns(), left.guarantees().reassociated()));
    }
    RowComparison.Outcome outcome =
        new RowComparison(left.columns(), rows, spark.rows(), left.guarantees()).outcome();
    if (outcome.verdict() == Verdict.NOT_COMPARABLE) {
      notes.addAll(outcome.lines());
    }
    return new Comparison(
        name,
        outcome.verdict(),
        rows.count(),
        notes,
        outcome.verdict() == Verdict.DIFFERENT ? outcome.lines() : List.of());
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
