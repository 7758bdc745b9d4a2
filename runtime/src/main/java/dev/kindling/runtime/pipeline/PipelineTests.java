package dev.kindling.runtime.pipeline;

import dev.kindling.embedded.EngineFailure;
import dev.kindling.embedded.PreparedQuery;
import dev.kindling.embedded.SqlException;
import dev.kindling.embedded.frontend.FixedTimeExtension;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.ExpectedTable;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Problem;
import dev.kindling.model.pipeline.Table;
import dev.kindling.model.pipeline.TableOrder;
import dev.kindling.model.pipeline.TestCase;
import dev.kindling.model.rows.RowDifference;
import dev.kindling.model.rows.RowMatch;
import dev.kindling.runtime.Interruption;
import dev.kindling.runtime.Rows;
import dev.kindling.runtime.Scratch;
import dev.kindling.runtime.pipeline.TestOutcome.TableResult;
import dev.kindling.runtime.script.ResultColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.types.StructType;

/**
 * The tests of a pipeline, in one session of the engines. Nothing is written outside of temporary
 * files.
 */
public final class PipelineTests implements AutoCloseable {
  // Differing rows of one table that are kept; the rest is counted.
  private static final int SHOWN = 10;

  private final Pipeline pipeline;
  private final Scratch scratch;
  private final Workbench bench;
  private final TableTypes types;

  private PipelineTests(Pipeline pipeline, PipelineOptions options, Scratch scratch) {
    this.pipeline = pipeline;
    this.scratch = scratch;
    this.bench =
        new Workbench(
            pipeline,
            options,
            scratch.create(),
            Map.of("spark.sql.extensions", FixedTimeExtension.class.getName()));
    this.types = new TableTypes(pipeline, bench);
  }

  /**
   * Opens a session.
   *
   * @throws KindlingException PIPELINE_CYCLE when a table depends on itself
   */
  public static PipelineTests open(Pipeline pipeline, PipelineOptions options) {
    Scratch scratch = Scratch.temporary();
    PipelineTests tests;
    try {
      tests = new PipelineTests(pipeline, options, scratch);
    } catch (RuntimeException e) {
      scratch.close();
      throw e;
    }
    try {
      tests.checkOrder();
      return tests;
    } catch (RuntimeException e) {
      tests.close();
      throw e;
    }
  }

  private void checkOrder() {
    Map<String, Set<String>> reads = new LinkedHashMap<>();
    for (Table table : pipeline.tables()) {
      reads.put(Names.key(table.name()), types.reads(table));
    }
    TableOrder.of(reads);
  }

  /** What is wrong with a test, and with the tables that it needs; nothing runs. */
  public List<Problem> check(TestCase test) {
    TestPlan plan = new TestPlan(pipeline, bench, types, test);
    plan.plan();
    return plan.problems();
  }

  /**
   * Runs a test.
   *
   * @param talk gets a line for each table that runs on Spark although it need not have
   * @throws KindlingException INTERRUPTED; all other errors are the outcome's
   */
  public TestOutcome run(TestCase test, Consumer<String> talk) {
    long start = System.nanoTime();
    TestPlan plan = new TestPlan(pipeline, bench, types, test);
    List<TableResult> results = new ArrayList<>();
    Optional<String> error = Optional.empty();
    try {
      Optional<TestPlan.Ready> ready = plan.plan();
      if (ready.isPresent()) {
        run(ready.get(), talk);
        for (TestPlan.Expected expected : ready.get().expected()) {
          results.add(compare(expected));
        }
      }
    } catch (SqlException | EngineFailure e) {
      error = Optional.of(e.getMessage());
    } catch (KindlingException e) {
      if (e.code() == ErrorCode.INTERRUPTED || Interruption.requested()) {
        throw e;
      }
      error = Optional.of(e.getMessage());
    }
    return new TestOutcome(
        test, results, error, plan.problems(), (System.nanoTime() - start) / 1_000_000);
  }

  /**
   * A test of a table, as YAML to be put under {@code tests}: the first rows of each source that it
   * comes from, and what the pipeline makes of these.
   *
   * @param rows of each source, at least 1
   * @param talk gets a line for what the test lacks
   * @throws KindlingException USAGE when the table is not computed
   * @throws InvalidPipelineException with everything that keeps the table from running
   */
  public String draft(Table table, long rows, Consumer<String> talk) {
    TestDraft draft = new TestDraft(pipeline, bench, types, talk);
    TestCase test = draft.given(table, rows);
    TestPlan plan = new TestPlan(pipeline, bench, types, test);
    Optional<TestPlan.Ready> ready = plan.plan();
    if (ready.isEmpty()) {
      throw new InvalidPipelineException(plan.problems());
    }
    run(ready.get(), talk);
    return draft.write(test, ready.get().expected().get(0).node().schema.orElseThrow());
  }

  private void run(TestPlan.Ready ready, Consumer<String> talk) {
    for (Node node : ready.order()) {
      boolean planned = node.onSpark();
      new TableRun(node, bench, scratch.folder().resolve("quarantine"), talk).run(Optional.empty());
      if (planned && bench.choice() != Engine.SPARK) {
        talk.accept("Table '" + node.name() + "' runs on Spark: " + node.whyOnSpark());
      }
    }
  }

  private TableResult compare(TestPlan.Expected expected) {
    ExpectedTable table = expected.table();
    StructType type = expected.node().schema.orElseThrow();
    List<String> all = List.of(type.fieldNames());
    List<String> named = List.of(expected.columns().fieldNames());
    // Where no rows are expected, all cells of a row that is there tell what it is.
    List<String> columns = named.isEmpty() ? all : named;
    List<List<Optional<String>>> should =
        named.isEmpty()
            ? List.of()
            : bench.rows(expected.sql(), expected.reads(), Integer.MAX_VALUE);
    List<List<Optional<String>>> found = new ArrayList<>();
    Engine[] engine = {Engine.EMBEDDED};
    bench.allRows(
        expected.node().name(),
        (on, given, rows) -> {
          engine[0] = expected.node().onSpark() ? Engine.SPARK : on;
          collect(given, rows, columns, found);
        });
    Optional<PreparedQuery> query = expected.node().prepared;
    RowMatch<Optional<String>> match =
        new RowMatch<>(should, found, new LastDigits(near(query, all, columns)));
    List<RowDifference<Optional<String>>> differences =
        table.ordered() ? match.inOrder() : match.inAnyOrder();
    List<String> unnamed = new ArrayList<>();
    if (table.exactColumns() && !named.isEmpty()) {
      all.stream()
          .filter(name -> named.stream().noneMatch(name::equalsIgnoreCase))
          .forEach(unnamed::add);
    }
    return new TableResult(
        table.table(),
        table.position(),
        engine[0],
        should.size(),
        found.size(),
        columns,
        differences.subList(0, Math.min(SHOWN, differences.size())),
        Math.max(0, differences.size() - SHOWN),
        unnamed,
        query.flatMap(PreparedQuery::mayDiffer));
  }

  private static void collect(
      List<ResultColumn> given,
      Rows rows,
      List<String> columns,
      List<List<Optional<String>>> found) {
    List<String> names = given.stream().map(ResultColumn::name).toList();
    int[] places = columns.stream().mapToInt(name -> indexOf(names, name)).toArray();
    rows.forEach(
        row -> {
          List<Optional<String>> cells = new ArrayList<>();
          for (int place : places) {
            cells.add(row.isNull(place) ? Optional.empty() : Optional.of(row.text(place)));
          }
          found.add(cells);
        });
  }

  private static Set<Integer> near(
      Optional<PreparedQuery> query, List<String> all, List<String> columns) {
    Set<Integer> near = new HashSet<>();
    for (int place : query.map(PreparedQuery::reassociated).orElse(Set.of())) {
      for (int c = 0; c < columns.size(); c++) {
        if (columns.get(c).equalsIgnoreCase(all.get(place))) {
          near.add(c);
        }
      }
    }
    return near;
  }

  private static int indexOf(List<String> names, String name) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        return i;
      }
    }
    throw new IllegalStateException("no column " + name + " among " + names);
  }

  @Override
  public void close() {
    try {
      bench.close();
    } finally {
      scratch.close();
    }
  }
}
