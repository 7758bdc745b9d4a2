package dev.kindling.runtime.pipeline;

import dev.kindling.embedded.PreparedQuery;
import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.runtime.script.Guarantees;
import dev.kindling.runtime.script.StatementResult;
import dev.kindling.storage.ProjectDirectory;
import dev.kindling.storage.RunId;
import dev.kindling.storage.TemporaryFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Runs a pipeline for its rows only: nothing is written outside of temporary files. */
public final class PipelineResults {
  private PipelineResults() {}

  /**
   * Runs all tables and hands out the rows of those that are written; when none is, of those that
   * no other table reads.
   *
   * @param talk gets a line for each table that runs on Spark although it need not have
   * @param results gets the name of a table and its rows, which may be read until it returns
   * @throws InvalidPipelineException with everything that keeps the pipeline from running
   */
  public static void collect(
      Pipeline pipeline,
      PipelineOptions options,
      Consumer<String> talk,
      BiConsumer<String, StatementResult> results) {
    ProjectDirectory project = ProjectDirectory.of(pipeline.directory());
    RunId run = RunId.next(Clock.systemUTC());
    try (TemporaryFolder temporary = TemporaryFolder.create(project, run);
        Workbench bench = new Workbench(pipeline, options, temporary.path())) {
      List<Node> order = new Planner(pipeline, bench, options.selection()).plan();
      boolean written = order.stream().anyMatch(node -> node.table.write().isPresent());
      int number = 0;
      Path quarantine = temporary.path().resolve("quarantine");
      for (Node node : order) {
        number++;
        TableRun table = new TableRun(node, bench, quarantine, talk);
        boolean planned = node.onSpark();
        table.run(Optional.empty());
        if (planned && bench.choice() != Engine.SPARK) {
          talk.accept("Table '" + node.name() + "' runs on Spark: " + node.whyOnSpark());
        }
        if (written ? node.table.write().isPresent() : !node.isRead() && node.readers.isEmpty()) {
          int index = number;
          bench.allRows(
              node.name(),
              (engine, columns, rows) ->
                  results.accept(
                      node.name(),
                      new StatementResult(
                          index,
                          node.onSpark() ? Engine.SPARK : engine,
                          columns,
                          rows,
                          false,
                          guarantees(node))));
        }
      }
    }
  }

  // As they were planned, with the queries of the tables before it inlined: a table that was
  // computed in between hides where its digits come from. A written table keeps no order.
  private static Guarantees guarantees(Node node) {
    Optional<PreparedQuery> query = node.prepared;
    return query.isEmpty()
        ? Guarantees.UNORDERED
        : new Guarantees(
            List.of(), query.get().limited(), query.get().reassociated(), query.get().mayDiffer());
  }
}
