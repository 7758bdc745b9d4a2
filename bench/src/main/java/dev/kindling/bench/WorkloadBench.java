package dev.kindling.bench;

import dev.kindling.bench.engine.EngineKind;
import dev.kindling.bench.engine.EngineProcess;
import dev.kindling.bench.engine.EngineProcess.Answer;
import dev.kindling.bench.engine.EngineProcess.EngineFailure;
import dev.kindling.bench.engine.Ordering;
import dev.kindling.bench.engine.ResultTable;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The queries of a workload on every engine, warm, in turns: query by query each engine runs once,
 * and a different engine begins each time, so that a change of the machine's load meets all alike.
 */
final class WorkloadBench {
  // Spark's defaults at scale 10 stay below a minute a query; ten is an engine that hangs.
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  // Of the progress; half a minute on Spark, and the short workloads do without.
  private static final int QUERIES_A_LINE = 25;

  private final Workload workload;
  private final BenchOptions options;
  private final PrintStream out;
  private final PrintStream err;

  WorkloadBench(Workload workload, BenchOptions options, PrintStream out, PrintStream err) {
    this.workload = workload;
    this.options = options;
    this.out = out;
    this.err = err;
  }

  int run() {
    if (options.minRatio().isPresent()
        && options.engines().stream().noneMatch(EngineKind::isSpark)) {
      throw new KindlingException(
          ErrorCode.USAGE, "Option --min compares with Spark: name spark-tuned in --engines");
    }
    Machine machine = Machine.describe();
    Path data = workload.prepare(options.data(), options.scale(), err::println);
    WorkloadReport report = measure(machine, data);
    Output.saveTimings(options, workload.id(), report.json(), report.csv(), err);
    Output.print(options, report.json(), report.text(), out);
    return report.passed() ? 0 : 1;
  }

  private WorkloadReport measure(Machine machine, Path data) {
    try (Scratch scratch = Scratch.create(workload.id());
        Closing<EngineProcess> engines = new Closing<>()) {
      for (EngineKind kind : options.engines()) {
        err.printf(
            "Starting %s: %d threads, %d MB, of it Java heap %d MB%n",
            kind.label(),
            options.threads(),
            options.memoryBytes() >> 20,
            kind.heapBytes(options.memoryBytes()) >> 20);
        EngineProcess engine =
            engines.add(
                EngineProcess.start(
                    kind, options.threads(), options.memoryBytes(), scratch.folder(), PATIENCE));
        for (String table : workload.tables()) {
          try {
            engine.register(table, data.resolve(table));
          } catch (EngineFailure e) {
            throw new KindlingException(ErrorCode.INTERNAL, e.getMessage(), e);
          }
        }
      }
      WorkloadReport report = new WorkloadReport(workload, options, machine);
      engines.all().forEach(engine -> report.version(engine.kind(), engine.version()));
      for (int round = 0; round <= options.rounds(); round++) {
        String name =
            round == 0
                ? "Warm-up, rows compared"
                : "Round %d of %d".formatted(round, options.rounds());
        err.println(name);
        int turn = round;
        for (Workload.Query query : options.queries()) {
          if (turn > round && (turn - round) % QUERIES_A_LINE == 0) {
            err.printf("%s: %d of %d queries%n", name, turn - round, options.queries().size());
          }
          List<EngineProcess> turns = new ArrayList<>(engines.all());
          Collections.rotate(turns, turn++);
          if (round == 0) {
            compare(report, query, turns);
          } else {
            time(report, round, query, turns);
          }
        }
      }
      return report;
    }
  }

  private void compare(WorkloadReport report, Workload.Query query, List<EngineProcess> engines) {
    Map<EngineKind, Answer> answers = new EnumMap<>(EngineKind.class);
    Map<EngineKind, EngineProcess> processes = new EnumMap<>(EngineKind.class);
    for (EngineProcess engine : engines) {
      try {
        Answer answer = engine.runForRows(query.sql());
        answers.put(engine.kind(), answer);
        processes.put(engine.kind(), engine);
        report.answered(engine.kind(), query, answer);
      } catch (EngineFailure e) {
        report.failure(engine.kind(), query, e.getMessage());
      }
    }
    Optional<EngineKind> reference =
        options.engines().stream().filter(EngineKind::isSpark).findFirst();
    if (reference.isEmpty() || !answers.containsKey(reference.get())) {
      return;
    }
    Answer expected = answers.get(reference.get());
    answers.forEach(
        (kind, answer) -> {
          if (kind != reference.get()) {
            compare(
                report,
                query,
                processes.get(kind),
                answer,
                processes.get(reference.get()),
                expected);
          }
        });
  }

  private static void compare(
      WorkloadReport report,
      Workload.Query query,
      EngineProcess engine,
      Answer answer,
      EngineProcess referenceEngine,
      Answer reference) {
    ResultTable expected = reference.rows().orElseThrow();
    try {
      report.compared(
          engine.kind(),
          query,
          Comparison.of(
              query,
              reference.ordering().orElse(Ordering.NONE),
              answer.rows().orElseThrow(),
              expected,
              sql -> engine.runForRows(sql).rows().orElseThrow(),
              sql -> referenceEngine.runForRows(sql).rows().orElseThrow()),
          Comparison.hasFloats(expected));
    } catch (EngineFailure e) {
      report.failure(engine.kind(), query, e.getMessage());
    }
  }

  private static void time(
      WorkloadReport report, int round, Workload.Query query, List<EngineProcess> engines) {
    for (EngineProcess engine : engines) {
      if (report.hasFailed(engine.kind(), query)) {
        continue;
      }
      try {
        report.timing(engine.kind(), query, round, engine.runForTime(query.sql()));
      } catch (EngineFailure e) {
        report.failure(engine.kind(), query, e.getMessage());
      }
    }
  }
}
