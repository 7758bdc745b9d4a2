package dev.kindling.bench;

import dev.kindling.bench.data.TpchData;
import dev.kindling.bench.engine.EngineKind;
import dev.kindling.bench.engine.EngineProcess;
import dev.kindling.bench.engine.EngineProcess.Answer;
import dev.kindling.bench.engine.EngineProcess.EngineFailure;
import dev.kindling.bench.engine.ResultTable;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The TPC-H queries on every engine, warm, in turns: query by query each engine runs once, and a
 * different engine begins each time, so that a change of the machine's load meets all alike.
 */
final class TpchBench {
  // Spark's defaults at scale 10 stay below a minute a query; ten is an engine that hangs.
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final BenchOptions options;
  private final PrintStream out;
  private final PrintStream err;

  TpchBench(BenchOptions options, PrintStream out, PrintStream err) {
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
    TpchData data = TpchData.prepare(options.data(), options.scale(), err::println);
    TpchReport report = measure(machine, data);
    Output.saveTimings(options, "tpch", report.json(), report.csv(), err);
    Output.print(options, report.json(), report.text(), out);
    return report.passed() ? 0 : 1;
  }

  private TpchReport measure(Machine machine, TpchData data) {
    try (Scratch scratch = Scratch.create("tpch");
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
        for (String table : TpchData.tables()) {
          try {
            engine.register(table, data.folder().resolve(table));
          } catch (EngineFailure e) {
            throw new KindlingException(ErrorCode.INTERNAL, e.getMessage(), e);
          }
        }
      }
      TpchReport report = new TpchReport(options, machine);
      engines.all().forEach(engine -> report.version(engine.kind(), engine.version()));
      for (int round = 0; round <= options.rounds(); round++) {
        err.println(round == 0 ? "Warm-up, rows compared" : "Round " + round);
        for (int query : options.queries()) {
          List<EngineProcess> turns = new ArrayList<>(engines.all());
          Collections.rotate(turns, round + query);
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

  private void compare(TpchReport report, int query, List<EngineProcess> engines) {
    String sql = TpchQueries.sql(query);
    Map<EngineKind, ResultTable> results = new EnumMap<>(EngineKind.class);
    for (EngineProcess engine : engines) {
      try {
        Answer answer = engine.runForRows(sql);
        results.put(engine.kind(), answer.rows().orElseThrow());
        report.digest(engine.kind(), query, answer.digest());
      } catch (EngineFailure e) {
        report.failure(engine.kind(), query, e.getMessage());
      }
    }
    Optional<EngineKind> reference =
        options.engines().stream().filter(EngineKind::isSpark).findFirst();
    if (reference.isEmpty() || !results.containsKey(reference.get())) {
      return;
    }
    ResultTable expected = results.get(reference.get());
    results.forEach(
        (kind, rows) -> {
          if (kind != reference.get()) {
            report.compared(
                kind,
                query,
                Comparison.difference(sql, rows, expected),
                Comparison.hasFloats(expected));
          }
        });
  }

  private void time(TpchReport report, int round, int query, List<EngineProcess> engines) {
    String sql = TpchQueries.sql(query);
    for (EngineProcess engine : engines) {
      if (report.hasFailed(engine.kind(), query)) {
        continue;
      }
      try {
        report.timing(engine.kind(), query, round, engine.runForTime(sql));
      } catch (EngineFailure e) {
        report.failure(engine.kind(), query, e.getMessage());
      }
    }
  }
}
