package dev.kindling.runtime.pipeline;

import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Position;
import dev.kindling.model.pipeline.Query;
import dev.kindling.model.record.StageRecord;
import dev.kindling.runtime.Engines;
import dev.kindling.runtime.SparkSide;
import dev.kindling.spark.protocol.Failure;
import dev.kindling.spark.protocol.Outcome;
import dev.kindling.spark.protocol.Output;
import dev.kindling.spark.protocol.Progress;
import dev.kindling.spark.protocol.Request;
import dev.kindling.spark.protocol.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What Spark does for one table: what it fails of has its place in the user's files. */
final class SparkWork {
  private final Node node;
  private final Workbench bench;
  private final List<StageRecord> stages = new ArrayList<>();
  private volatile Optional<TableProgress> progress = Optional.empty();

  SparkWork(Node node, Workbench bench) {
    this.node = node;
    this.bench = bench;
  }

  /** The stages that were run so far. */
  List<StageRecord> stages() {
    return List.copyOf(stages);
  }

  /** How far a request is; empty while none runs. May be asked from any thread. */
  Optional<TableProgress> progress() {
    return progress;
  }

  /** Runs a query, whose tables Spark knows. */
  Result run(String sql, Output output) {
    return run(
        new dev.kindling.spark.protocol.Query(sql, bench.params(), output, OptionalLong.empty()));
  }

  /**
   * Runs a request.
   *
   * @throws KindlingException when it fails
   */
  Result run(Request request) {
    progress = Optional.of(new TableProgress.Stages(0, 0, 0, ""));
    Outcome outcome;
    try {
      outcome = bench.spark().ask(request, this::hear);
    } finally {
      progress = Optional.empty();
    }
    if (outcome instanceof Failure failure && (failure.isUserError() || isOfClass(failure))) {
      throw new KindlingException(
          failure.toException().code(),
          place(failure)
              + ": Table '"
              + node.name()
              + "': "
              + Engines.withoutPlace(failure.message()),
          failure.toException());
    }
    Result result = SparkSide.orThrow(outcome);
    stages.addAll(result.counters().finished());
    return result;
  }

  private void hear(Progress now) {
    progress =
        Optional.of(
            new TableProgress.Stages(
                now.stagesDone(), now.tasksDone(), now.tasksKnown(), now.stage()));
  }

  // What a class of the user's raises has no error class of Spark's.
  private boolean isOfClass(Failure failure) {
    return node.isJava() && failure.kind() == Failure.Kind.EXECUTION;
  }

  // Spark's position counts in the text that raised the error, which may be that of an inlined
  // table: it is taken where the text there is the one that Spark blames.
  private Position place(Failure failure) {
    if (!node.isQuery()) {
      return node.table.definition().start();
    }
    Query query = node.query();
    if (failure.position().isEmpty()) {
      return node.table.position();
    }
    dev.kindling.spark.protocol.Position at = failure.position().get();
    return textAt(query.sql(), at).startsWith(at.fragment())
        ? query.source().at(at.line(), at.column())
        : node.table.position();
  }

  private static String textAt(String sql, dev.kindling.spark.protocol.Position at) {
    int offset = 0;
    for (int line = 1; line < at.line(); line++) {
      int end = sql.indexOf('\n', offset);
      if (end < 0) {
        return "";
      }
      offset = end + 1;
    }
    offset += at.column() - 1;
    return offset <= sql.length() ? sql.substring(offset) : "";
  }
}
