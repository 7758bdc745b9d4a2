package dev.kindling.runtime.pipeline;

import dev.kindling.embedded.ExplainMode;
import dev.kindling.embedded.PreparedQuery;
import dev.kindling.model.history.Band;
import dev.kindling.model.history.RunHistory;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Problem;
import dev.kindling.model.record.Materialisation;
import dev.kindling.model.record.RunRecordStore;
import dev.kindling.runtime.Scratch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What can be done with a pipeline. */
public final class Pipelines {
  private Pipelines() {}

  /**
   * Everything that Spark's analyser and the file system have against a pipeline and its tests:
   * order, sources, columns, types. Nothing is computed and no output is touched.
   *
   * @return the problems in the order of their places, none when it can run
   */
  public static List<Problem> check(Pipeline pipeline, PipelineOptions options) {
    try (Scratch scratch = Scratch.temporary();
        Workbench bench = new Workbench(pipeline, options, scratch.create())) {
      new Planner(pipeline, bench, options.selection()).plan();
    } catch (InvalidPipelineException e) {
      return e.problems();
    }
    return pipeline.tests().isEmpty() ? List.of() : checkTests(pipeline, options);
  }

  private static List<Problem> checkTests(Pipeline pipeline, PipelineOptions options) {
    List<Problem> problems = new ArrayList<>();
    try (PipelineTests tests = PipelineTests.open(pipeline, options)) {
      pipeline.tests().forEach(test -> problems.addAll(tests.check(test)));
    }
    return problems.stream().sorted(Comparator.comparing(Problem::position)).toList();
  }

  /**
   * How a pipeline would run. A target's master is not asked.
   *
   * @throws InvalidPipelineException with everything that keeps it from running
   */
  public static PipelinePlan plan(Pipeline pipeline, PipelineOptions options, Phases phases) {
    try (Scratch scratch = Scratch.temporary();
        Workbench bench = new Workbench(pipeline, options, scratch.create())) {
      Optional<ChangeDetection> changes = changes(pipeline, options);
      List<Node> order = new Planner(pipeline, bench, options.selection(), changes).plan();
      List<TablePlan> plans = new ArrayList<>();
      for (Node node : order) {
        plans.add(plan(node, bench, phases));
      }
      return new PipelinePlan(
          plans,
          changes.map(found -> found.leftOut(order)).orElse(List.of()),
          bench.targetRecord());
    }
  }

  private static Optional<ChangeDetection> changes(Pipeline pipeline, PipelineOptions options) {
    if (options.rerun() == Rerun.ALL) {
      return Optional.empty();
    }
    RunRecordStore store = new RunRecordStore(pipeline.directory());
    RunHistory history = RunHistory.read(store, pipeline.name(), Band.MOST_RUNS);
    return Optional.of(new ChangeDetection(pipeline, options, history));
  }

  /** Whether a plan shows Spark's phases. */
  public enum Phases {
    SHOWN,
    LEFT_OUT
  }

  /**
   * Runs a pipeline and publishes its outputs when all tables are done.
   *
   * @throws InvalidPipelineException with everything that keeps it from running
   * @throws dev.kindling.model.error.KindlingException for what goes wrong before the first table
   *     starts; what goes wrong later is in the outcome
   */
  public static RunOutcome run(Pipeline pipeline, PipelineOptions options, RunListener listener) {
    return new PipelineRunner(pipeline, options, listener).run();
  }

  private static TablePlan plan(Node node, Workbench bench, Phases phases) {
    Optional<PreparedQuery> query = Optional.empty();
    if (node.isQuery()) {
      // Once more, over inputs that now stand for what they will be: a table that is computed once
      // appears in its readers' SQL by its name.
      query = Optional.of(bench.embedded().prepare(node.query().sql(), bench.params()));
    }
    if (node.materialisation != Materialisation.INLINED && node.schema.isPresent()) {
      bench.placeholder(node.name(), node.schema.get());
    } else if (query.isPresent() && !node.onSpark()) {
      bench.embedded().registerView(node.name(), query.get());
    }
    boolean runsHere = query.isPresent() && query.get().translated() && !node.onSpark();
    Optional<String> drawing =
        runsHere
            ? Optional.of(bench.embedded().explain(query.get(), ExplainMode.DUCKDB))
            : Optional.empty();
    Map<String, String> shown = new LinkedHashMap<>();
    if (phases == Phases.SHOWN && query.isPresent()) {
      for (ExplainMode mode :
          List.of(ExplainMode.PARSED, ExplainMode.ANALYZED, ExplainMode.OPTIMIZED)) {
        shown.put(
            mode.name().toLowerCase(Locale.ROOT), bench.embedded().explain(query.get(), mode));
      }
    }
    return new TablePlan(
        node.name(),
        node.engine,
        node.materialisation,
        node.reasons.stream().distinct().toList(),
        node.refusalRecords(),
        node.columns(),
        List.copyOf(new TreeSet<>(node.reads)),
        node.sql(),
        runsHere ? query.get().engineSql() : Optional.empty(),
        node.workBytes,
        drawing.map(Scans::of).orElse(List.of()),
        drawing,
        shown,
        node.table
            .write()
            .map(
                write ->
                    write.format()
                        + " "
                        + write.path()
                        + (write.partitionBy().isEmpty()
                            ? ""
                            : " by " + String.join(", ", write.partitionBy()))));
  }
}
