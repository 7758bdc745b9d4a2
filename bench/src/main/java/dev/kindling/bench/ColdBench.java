package dev.kindling.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kindling.bench.data.TpchData;
import dev.kindling.bench.engine.EngineKind;
import dev.kindling.bench.engine.EngineProcess;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * From the start of a process to the first row of TPC-H query 6 and to its end: Kindling with its
 * launcher, the shortest programs with raw DuckDB and with Spark in them, in turns.
 */
final class ColdBench {
  private static final String LAUNCHER = "kindling sql";

  private final BenchOptions options;
  private final PrintStream out;
  private final PrintStream err;

  private record Run(String name, int round, ProcessRun process) {}

  ColdBench(BenchOptions options, PrintStream out, PrintStream err) {
    this.options = options;
    this.out = out;
    this.err = err;
  }

  int run() {
    Path launcher = options.requireKindling("cold");
    // Tuning pays when a session lives; for its start it changes nothing.
    List<EngineKind> others =
        options.engines().stream()
            .filter(kind -> kind == EngineKind.DUCKDB || kind == EngineKind.SPARK)
            .toList();
    if (others.isEmpty()
        || (options.minRatio().isPresent() && !others.contains(EngineKind.SPARK))) {
      throw new KindlingException(
          ErrorCode.USAGE, "Nothing to compare with: name spark or duckdb in --engines");
    }
    Machine machine = Machine.describe();
    TpchData data = TpchData.prepare(options.data(), options.scale(), err::println);
    List<Run> runs = new ArrayList<>();
    try (Scratch scratch = Scratch.create("cold")) {
      Map<String, List<String>> commands = new LinkedHashMap<>();
      Path lineitem = data.folder().resolve("lineitem");
      commands.put(
          LAUNCHER,
          List.of(
              launcher.toString(),
              "sql",
              "--table",
              "lineitem=" + lineitem,
              "-e",
              querySix("lineitem")));
      for (EngineKind kind : others) {
        commands.put(
            kind.label(),
            EngineProcess.firstRowCommand(
                kind,
                options.threads(),
                options.memoryBytes(),
                scratch.folder(),
                querySix(kind.scan(lineitem))));
      }
      for (int round = 0; round <= options.rounds(); round++) {
        err.println(round == 0 ? "Warm-up of the file cache" : "Round " + round);
        for (Map.Entry<String, List<String>> command : commands.entrySet()) {
          ProcessRun run =
              ProcessRun.of(
                  command.getValue(), scratch.folder(), scratch.folder().resolve("stderr.log"));
          runs.add(new Run(command.getKey(), round, run));
        }
      }
      return report(machine, others, runs);
    }
  }

  private static String querySix(String scan) {
    // Without its first line, a comment: an argument must not begin like an option.
    String sql = Workload.TPCH.query("q6").sql();
    return sql.substring(sql.indexOf("SELECT")).replace("FROM lineitem", "FROM " + scan);
  }

  private int report(Machine machine, List<EngineKind> others, List<Run> runs) {
    List<String> names = new ArrayList<>(List.of(LAUNCHER));
    others.forEach(kind -> names.add(kind.label()));
    // Spark decides where it takes part; DuckDB's answer to this query is the same.
    EngineKind reference = others.get(others.size() - 1);
    List<String> problems = new ArrayList<>();
    // These programs print the one value of the query and nothing else.
    String expected = runs.get(others.size()).process().stdout().strip();
    for (Run run : runs) {
      if (!run.process().stdout().contains(expected)) {
        problems.add(
            "%s in round %d did not print %s but: %s"
                .formatted(run.name(), run.round(), expected, run.process().stdout().strip()));
      }
    }
    TextTable table = new TextTable();
    table.line(List.of("process", "first output ms", "end ms", "CPU ms", "÷ " + LAUNCHER));
    ObjectNode json = Output.JSON.createObjectNode();
    json.put("version", 1).put("benchmark", "cold");
    json.put("scale", options.scale()).put("rounds", options.rounds());
    json.set("machine", machine.json(Output.JSON));
    ArrayNode processes = json.putArray("processes");
    double subject = median(runs, LAUNCHER, ProcessRun::firstOutputMillis);
    double ratio = median(runs, reference.label(), ProcessRun::firstOutputMillis) / subject;
    for (String name : names) {
      double first = median(runs, name, ProcessRun::firstOutputMillis);
      double end = median(runs, name, ProcessRun::wallMillis);
      OptionalDouble cpu =
          runs.stream().allMatch(run -> run.process().cpuMillis().isPresent())
              ? OptionalDouble.of(median(runs, name, run -> run.cpuMillis().orElseThrow()))
              : OptionalDouble.empty();
      table.line(
          List.of(
              name,
              format("%.0f", first),
              format("%.0f", end),
              cpu.isPresent() ? format("%.0f", cpu.getAsDouble()) : "-",
              format("%.2f", first / subject)));
      ObjectNode node = processes.addObject().put("name", name);
      node.put("firstOutputMillis", first).put("endMillis", end);
      cpu.ifPresent(millis -> node.put("cpuMillis", millis));
    }
    options
        .minRatio()
        .ifPresent(
            min -> {
              if (ratio < min) {
                problems.add(format("the ratio %.2f is below --min %s", ratio, min));
              }
            });
    json.putObject("ratios").put(reference.label() + " / " + LAUNCHER, ratio);
    problems.forEach(json.putArray("problems")::add);
    StringBuilder csv = new StringBuilder("process,round,first_output_ms,end_ms,cpu_ms\n");
    runs.forEach(
        run ->
            csv.append(
                format(
                    "%s,%d,%.1f,%.1f,%s%n",
                    run.name(),
                    run.round(),
                    run.process().firstOutputMillis(),
                    run.process().wallMillis(),
                    run.process().cpuMillis().isPresent()
                        ? format("%.0f", run.process().cpuMillis().getAsDouble())
                        : "")));
    StringBuilder text =
        new StringBuilder(
            format(
                "Cold start to the first row of TPC-H query 6, scale %s, median of %d rounds%n",
                WorkloadReport.number(options.scale()), options.rounds()));
    text.append("Machine: ").append(machine.line()).append("\n\n").append(table);
    problems.forEach(problem -> text.append("\nFAILED  ").append(problem));
    Output.saveTimings(options, "cold", json, csv.toString(), err);
    Output.print(options, json, text.toString().stripTrailing(), out);
    return problems.isEmpty() ? 0 : 1;
  }

  /** The median over the measured rounds; round 0 fills the system's file cache. */
  private static double median(List<Run> runs, String name, ToDoubleFunction<ProcessRun> figure) {
    return Medians.of(
        runs.stream()
            .filter(run -> run.name().equals(name) && run.round() > 0)
            .map(run -> figure.applyAsDouble(run.process()))
            .toList());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
