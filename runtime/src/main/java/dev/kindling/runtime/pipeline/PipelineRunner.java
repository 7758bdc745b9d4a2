package dev.kindling.runtime.pipeline;

import dev.kindling.embedded.EngineFailure;
import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.SqlException;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.history.Band;
import dev.kindling.model.history.RunHistory;
import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Table;
import dev.kindling.model.pipeline.Write;
import dev.kindling.model.pipeline.WriteMode;
import dev.kindling.model.record.ErrorRecord;
import dev.kindling.model.record.Provenance;
import dev.kindling.model.record.PublishedOutput;
import dev.kindling.model.record.RunRecord;
import dev.kindling.model.record.RunRecordStore;
import dev.kindling.model.record.RunStatus;
import dev.kindling.model.record.TableRecord;
import dev.kindling.model.record.TableStatus;
import dev.kindling.model.report.HtmlReport;
import dev.kindling.runtime.Engines;
import dev.kindling.runtime.Interruption;
import dev.kindling.storage.FileErrors;
import dev.kindling.storage.FileStamps;
import dev.kindling.storage.OutputTarget;
import dev.kindling.storage.ProjectDirectory;
import dev.kindling.storage.ProjectLock;
import dev.kindling.storage.PublishMode;
import dev.kindling.storage.Publisher;
import dev.kindling.storage.RecoveredAction;
import dev.kindling.storage.Recovery;
import dev.kindling.storage.RunId;
import dev.kindling.storage.StagedOutput;
import dev.kindling.storage.Staging;
import dev.kindling.storage.TemporaryFolder;
import dev.kindling.storage.hdfs.Hdfs;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of a pipeline, from the lock to the report. */
final class PipelineRunner {
  private final Pipeline pipeline;
  private final PipelineOptions options;
  private final RunListener listener;
  private final Instant startedAt = Instant.now();
  private final List<TableRecord> tables = new ArrayList<>();
  private final List<PublishedOutput> published = new ArrayList<>();
  // Folders of this machine that were published, by table.
  private final Map<String, Path> visible = new HashMap<>();
  private final RunRecordStore store;
  private final RunHistory history;
  private final ChangeDetection changes;

  PipelineRunner(Pipeline pipeline, PipelineOptions options, RunListener listener) {
    this.pipeline = pipeline;
    this.options = options;
    this.listener = listener;
    this.store = new RunRecordStore(pipeline.directory());
    this.history = RunHistory.read(store, pipeline.name(), Band.MOST_RUNS);
    this.changes = new ChangeDetection(pipeline, options, history);
  }

  /**
   * Runs it. What goes wrong before the first table starts is thrown; what goes wrong after it ends
   * the run and is in the outcome.
   *
   * @throws InvalidPipelineException with everything that keeps the pipeline from running
   */
  RunOutcome run() {
    ProjectDirectory project = ProjectDirectory.of(pipeline.directory());
    try (ProjectLock lock = ProjectLock.acquire(project, "kindling run");
        HdfsOutputs hdfs = HdfsOutputs.open(pipeline, options.target())) {
      for (RecoveredAction action : Recovery.recover(lock)) {
        listener.talk(action.text());
      }
      if (options.selection().isEmpty() && options.rerun() == Rerun.ALL) {
        // Before an engine starts.
        checkOutputs(project, pipeline.tables());
      }
      RunId run = RunId.next(Clock.systemUTC());
      try (TemporaryFolder temporary = TemporaryFolder.create(project, run);
          Workbench bench = new Workbench(pipeline, options, temporary.path())) {
        if (options.target().isPresent()) {
          bench.spark().startEarly();
        }
        List<Node> order =
            new Planner(pipeline, bench, options.selection(), Optional.of(changes)).plan();
        changes.planned(order, bench.target().isPresent());
        checkOutputs(project, order.stream().map(node -> node.table).toList());
        checkChoice(order);
        if (bench.target().isPresent()) {
          new TargetChecks(pipeline, bench.target().get(), bench).run(temporary.path());
        }
        return run(project, lock, run, bench, order);
      }
    }
  }

  private void checkOutputs(ProjectDirectory project, List<Table> tables) {
    List<OutputTarget> targets = new ArrayList<>();
    tables.forEach(
        table ->
            table
                .write()
                .ifPresent(
                    write ->
                        targets.add(
                            new OutputTarget(table.name(), target(write), mode(write.mode())))));
    List<KindlingException> problems = Staging.check(project, targets);
    if (!problems.isEmpty()) {
      throw new KindlingException(
          problems.get(0).code(),
          String.join("\n", problems.stream().map(KindlingException::getMessage).toList()));
    }
  }

  private Path target(Write write) {
    String path = pipeline.resolve(write.path());
    return Hdfs.isPath(path) ? Hdfs.path(path) : Path.of(path);
  }

  private static PublishMode mode(WriteMode mode) {
    return PublishMode.valueOf(mode.name());
  }

  // With --engine embedded nothing may need Spark, and the user learns of all of it at once.
  private void checkChoice(List<Node> order) {
    if (options.engineFor(pipeline) != Engine.EMBEDDED) {
      return;
    }
    List<String> reasons = new ArrayList<>();
    for (Node node : order) {
      if (node.onSpark()) {
        for (Refusal refusal : node.refusals) {
          reasons.add("table '" + node.name() + "': " + refusal.text());
        }
      } else if (node.sparkWrites.isPresent()) {
        reasons.add("table '" + node.name() + "': " + node.sparkWrites.get());
      } else if (node.sparkChecks) {
        reasons.add("table '" + node.name() + "': an expectation can only be checked by Spark");
      }
    }
    if (!reasons.isEmpty()) {
      throw Engines.refused("The pipeline '" + pipeline.name() + "'", reasons);
    }
  }

  private RunOutcome run(
      ProjectDirectory project, ProjectLock lock, RunId run, Workbench bench, List<Node> order) {
    Path folder = project.run(run);
    Optional<KindlingException> error = Optional.empty();
    try (Staging staging = Staging.begin(lock, run)) {
      if (order.stream().anyMatch(PipelineRunner::needsSpark)) {
        bench.spark().startEarly();
      }
      if (bench.choice() == Engine.AUTO) {
        order.stream()
            .filter(node -> node.onSpark() && node.isUsed())
            .forEach(
                node ->
                    listener.talk(
                        "Table '" + node.name() + "' runs on Spark: " + node.whyOnSpark()));
      }
      List<StagedOutput> outputs = new ArrayList<>();
      for (int i = 0; i < order.size(); i++) {
        runTable(order.get(i), i + 1, order.size(), bench, staging, folder, outputs);
      }
      checkInterruption();
      publish(lock, run, outputs);
    } catch (KindlingException e) {
      error = Optional.of(e);
    } catch (RuntimeException e) {
      // A run leaves its record whatever happens.
      error = Optional.of(new KindlingException(ErrorCode.INTERNAL, e.toString(), e));
    }
    for (Node node : order.subList(Math.min(tables.size(), order.size()), order.size())) {
      tables.add(new TableRun(node, bench, folder, listener::talk).record(TableStatus.SKIPPED));
    }
    tables.replaceAll(this::stamped);
    tables.addAll(changes.leftOut(order));
    return record(run, folder, bench, error);
  }

  private static boolean needsSpark(Node node) {
    return node.onSpark()
        ? node.isUsed()
        : node.sparkChecks || (node.sparkWrites.isPresent() && node.table.write().isPresent());
  }

  private void runTable(
      Node node,
      int index,
      int total,
      Workbench bench,
      Staging staging,
      Path folder,
      List<StagedOutput> outputs) {
    checkInterruption();
    TableRun table = new TableRun(node, bench, folder.resolve("quarantine"), listener::talk);
    listener.started(node.name(), index, total, table::progress);
    TableStatus status = TableStatus.FAILED;
    try {
      Optional<StagedOutput> output = Optional.empty();
      if (node.table.write().isPresent()) {
        Write write = node.table.write().get();
        output = staging.forTarget(node.name(), target(write), mode(write.mode()));
        output.ifPresent(outputs::add);
      }
      table.run(output);
      status = TableStatus.SUCCEEDED;
    } catch (SqlException e) {
      // A query that was sound when it was planned, over inputs that have changed since.
      throw new KindlingException(
          ErrorCode.SQL_INVALID,
          node.table.position() + ": Table '" + node.name() + "': " + e.getMessage(),
          e);
    } catch (EngineFailure e) {
      // Spark is asked at every place where it may know better; this one is left.
      throw new KindlingException(
          ErrorCode.SPARK_ERROR, "Table '" + node.name() + "': " + Engines.reasonForSpark(e), e);
    } finally {
      TableRecord done = table.record(status);
      TableRecord record = done.withUnusual(history.unusual(done));
      if (status == TableStatus.SUCCEEDED) {
        record = record.from(changes.provenance(node, folder.getFileName().toString()));
      }
      tables.add(record);
      listener.finished(record);
    }
  }

  private static void checkInterruption() {
    if (Interruption.requested()) {
      throw new KindlingException(ErrorCode.INTERRUPTED, "Interrupted; nothing was published.");
    }
  }

  private void publish(ProjectLock lock, RunId run, List<StagedOutput> outputs) {
    Publisher.publish(
        lock,
        run,
        outputs,
        dev.kindling.storage.Durability.POWER_LOSS,
        output -> {
          PublishedOutput record =
              new PublishedOutput(
                  output.table(),
                  lock.project().display(output.target()),
                  WriteMode.valueOf(output.mode().name()),
                  output.files(),
                  output.bytes());
          published.add(record);
          if (output.target().getFileSystem().equals(FileSystems.getDefault())) {
            visible.put(output.table(), output.target());
          }
          listener.published(record);
        });
  }

  private RunOutcome record(
      RunId run, Path folder, Workbench bench, Optional<KindlingException> error) {
    RunRecord record =
        new RunRecord(
                RunRecord.VERSION,
                run.value(),
                pipeline.name(),
                pipeline.file().toString(),
                startedAt,
                Instant.now(),
                status(error),
                options.version(),
                bench.embedded().conf(),
                bench.targetRecord(),
                changes.ordered(tables),
                published,
                error.map(e -> new ErrorRecord(e.code().name(), e.getMessage())))
            .hiding(pipeline.secrets());
    store.write(record);
    Path report = folder.resolve("report.html");
    try {
      Files.writeString(report, HtmlReport.render(record, history));
    } catch (IOException e) {
      throw FileErrors.translate(e, "write the report", report);
    }
    forgetOldRuns();
    return new RunOutcome(record, folder, report, error);
  }

  // The run is done: that an old report cannot be deleted is worth a line, not its exit code.
  private void forgetOldRuns() {
    try {
      store.forgetAllBut(pipeline.runs().keep());
    } catch (KindlingException e) {
      listener.talk(e.getMessage());
    }
  }

  /**
   * The record with a stamp of what was published, by which a later run sees that it is untouched.
   */
  private TableRecord stamped(TableRecord table) {
    Path target = visible.get(table.name());
    if (target == null || table.provenance().isEmpty()) {
      return table;
    }
    Provenance origin = table.provenance().get();
    try {
      return FileStamps.ofOutput(target)
          .map(stamp -> table.from(origin.withOutput(stamp)))
          .orElse(table);
    } catch (KindlingException e) {
      // Somebody has taken the output away again: a later run will see that it is not there.
      return table;
    }
  }

  private static RunStatus status(Optional<KindlingException> error) {
    if (error.isEmpty()) {
      return RunStatus.SUCCEEDED;
    }
    return error.get().code() == ErrorCode.INTERRUPTED ? RunStatus.INTERRUPTED : RunStatus.FAILED;
  }
}
