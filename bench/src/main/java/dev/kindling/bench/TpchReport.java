package dev.kindling.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kindling.bench.engine.EngineKind;
import dev.kindling.bench.engine.EngineProcess.Answer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * Gathers timings and comparisons of a TPC-H run and tells them as text, JSON and CSV. All times
 * are milliseconds; the figure of a query is the median of its rounds, the total their sum.
 */
final class TpchReport {
  private record Cell(EngineKind engine, int query) {}

  private record Timing(
      EngineKind engine, int query, int round, OptionalDouble planning, double total) {
    double execution() {
      return total - planning.orElse(0);
    }
  }

  private final BenchOptions options;
  private final Machine machine;
  private final EngineKind subject;
  private final Map<EngineKind, String> versions = new EnumMap<>(EngineKind.class);
  private final Map<Cell, String> digests = new HashMap<>();
  private final Map<Cell, String> failures = new HashMap<>();
  private final Map<Cell, Optional<String>> comparisons = new HashMap<>();
  private final TreeSet<Integer> withFloats = new TreeSet<>();
  private final List<Timing> timings = new ArrayList<>();

  TpchReport(BenchOptions options, Machine machine) {
    this.options = options;
    this.machine = machine;
    this.subject = options.engines().get(0);
  }

  void version(EngineKind engine, String version) {
    versions.put(engine, version);
  }

  void digest(EngineKind engine, int query, String digest) {
    digests.put(new Cell(engine, query), digest);
  }

  void failure(EngineKind engine, int query, String message) {
    failures.put(new Cell(engine, query), message);
  }

  boolean hasFailed(EngineKind engine, int query) {
    return failures.containsKey(new Cell(engine, query));
  }

  /** The outcome of comparing an engine's rows with Spark's. */
  void compared(EngineKind engine, int query, Optional<String> difference, boolean floats) {
    comparisons.put(new Cell(engine, query), difference);
    if (floats) {
      withFloats.add(query);
    }
  }

  /** One measured run; rows that differ from the engine's own earlier ones are a failure. */
  void timing(EngineKind engine, int query, int round, Answer answer) {
    if (!answer.digest().equals(digests.get(new Cell(engine, query)))) {
      failure(engine, query, "round " + round + " gave other rows than the warm-up");
      return;
    }
    timings.add(
        new Timing(
            engine,
            query,
            round,
            answer.planning().isPresent()
                ? OptionalDouble.of(Medians.millis(answer.planning().get()))
                : OptionalDouble.empty(),
            Medians.millis(answer.total())));
  }

  /** Whether every answer that has to be Spark's is, and the subject is fast enough. */
  boolean passed() {
    return problems().isEmpty();
  }

  /** What makes the benchmark fail, in words. */
  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (int query : options.queries()) {
      for (EngineKind engine : options.engines()) {
        Cell cell = new Cell(engine, query);
        // What raw DuckDB answers is nobody's promise, unless it is the one under test.
        if (engine == EngineKind.DUCKDB && engine != subject) {
          continue;
        }
        if (failures.containsKey(cell)) {
          problems.add("q%d on %s: %s".formatted(query, engine.label(), failures.get(cell)));
        }
        comparisons
            .getOrDefault(cell, Optional.empty())
            .ifPresent(
                difference ->
                    problems.add(
                        "q%d on %s differs from Spark: %s"
                            .formatted(query, engine.label(), difference)));
      }
    }
    options
        .minRatio()
        .ifPresent(
            min -> {
              OptionalDouble ratio = decidingRatio();
              if (ratio.isEmpty()) {
                problems.add("no ratio to compare with --min " + min + ": not all queries ran");
              } else if (ratio.getAsDouble() < min) {
                problems.add(
                    format("the ratio %.2f is below --min %s", ratio.getAsDouble(), number(min)));
              }
            });
    return problems;
  }

  /** How many times as long Spark takes: the tuned one where it was measured. */
  private OptionalDouble decidingRatio() {
    EngineKind against =
        options.engines().contains(EngineKind.SPARK_TUNED)
            ? EngineKind.SPARK_TUNED
            : EngineKind.SPARK;
    return ratio(total(against), total(subject));
  }

  private static OptionalDouble ratio(OptionalDouble numerator, OptionalDouble denominator) {
    return numerator.isPresent() && denominator.isPresent()
        ? OptionalDouble.of(numerator.getAsDouble() / denominator.getAsDouble())
        : OptionalDouble.empty();
  }

  private OptionalDouble median(EngineKind engine, int query, ToDoubleFunction<Timing> figure) {
    if (hasFailed(engine, query)) {
      return OptionalDouble.empty();
    }
    List<Double> values =
        timings.stream()
            .filter(timing -> timing.engine == engine && timing.query == query)
            .map(figure::applyAsDouble)
            .toList();
    return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Medians.of(values));
  }

  /** The sum of the medians; empty when a query is missing, as the sum would flatter. */
  private OptionalDouble sum(EngineKind engine, ToDoubleFunction<Timing> figure) {
    double sum = 0;
    for (int query : options.queries()) {
      OptionalDouble median = median(engine, query, figure);
      if (median.isEmpty()) {
        return OptionalDouble.empty();
      }
      sum += median.getAsDouble();
    }
    return OptionalDouble.of(sum);
  }

  private OptionalDouble total(EngineKind engine) {
    return sum(engine, Timing::total);
  }

  private boolean separatesPlanning() {
    return timings.stream().anyMatch(t -> t.engine == subject && t.planning.isPresent());
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "TPC-H, scale %s, median of %d rounds after one warm-up, in milliseconds%n"
            .formatted(number(options.scale()), options.rounds()));
    text.append("Machine: ").append(machine.line()).append('\n');
    for (EngineKind engine : options.engines()) {
      text.append(
          "  %s: %s, %d threads, %d MB, of it Java heap %d MB%n"
              .formatted(
                  engine.label(),
                  versions.getOrDefault(engine, "not started"),
                  options.threads(),
                  options.memoryBytes() >> 20,
                  engine.heapBytes(options.memoryBytes()) >> 20));
    }
    text.append('\n').append(table()).append('\n');
    ratios().forEach((name, ratio) -> text.append(format("%s: %.2f%n", name, ratio)));
    comparedLines().forEach(line -> text.append(line).append('\n'));
    problems().forEach(problem -> text.append("FAILED  ").append(problem).append('\n'));
    return text.toString().stripTrailing();
  }

  private TextTable table() {
    TextTable table = new TextTable();
    List<EngineKind> engines = options.engines();
    List<String> head = new ArrayList<>(List.of("query"));
    engines.forEach(engine -> head.add(engine.label()));
    if (separatesPlanning()) {
      head.add(1, "planning");
      head.add(2, "execution");
    }
    engines.stream().skip(1).forEach(engine -> head.add(engine.label() + " ÷"));
    table.line(head);
    for (int query : options.queries()) {
      List<String> line = new ArrayList<>(List.of("q" + query));
      engines.forEach(engine -> line.add(cell(median(engine, query, Timing::total))));
      if (separatesPlanning()) {
        line.add(1, cell(median(subject, query, t -> t.planning.orElse(0))));
        line.add(2, cell(median(subject, query, Timing::execution)));
      }
      engines.stream()
          .skip(1)
          .forEach(
              engine ->
                  line.add(
                      factor(
                          ratio(
                              median(engine, query, Timing::total),
                              median(subject, query, Timing::total)))));
      table.line(line);
    }
    List<String> total = new ArrayList<>(List.of("total"));
    engines.forEach(engine -> total.add(cell(total(engine))));
    if (separatesPlanning()) {
      total.add(1, cell(sum(subject, t -> t.planning.orElse(0))));
      total.add(2, cell(sum(subject, Timing::execution)));
    }
    engines.stream()
        .skip(1)
        .forEach(engine -> total.add(factor(ratio(total(engine), total(subject)))));
    table.line(total);
    return table;
  }

  /** Named ratios of totals, in the order of the report. */
  private Map<String, Double> ratios() {
    Map<String, Double> ratios = new LinkedHashMap<>();
    for (EngineKind engine : options.engines()) {
      if (engine == subject) {
        continue;
      }
      if (engine.isSpark()) {
        ratio(total(engine), total(subject))
            .ifPresent(ratio -> ratios.put(engine.label() + " / " + subject.label(), ratio));
      } else {
        ratio(total(subject), total(engine))
            .ifPresent(ratio -> ratios.put(subject.label() + " / " + engine.label(), ratio));
        if (separatesPlanning()) {
          ratio(sum(subject, Timing::execution), total(engine))
              .ifPresent(
                  ratio ->
                      ratios.put(subject.label() + " execution only / " + engine.label(), ratio));
        }
      }
    }
    return ratios;
  }

  private List<String> comparedLines() {
    List<String> lines = new ArrayList<>();
    for (EngineKind engine : options.engines()) {
      List<Integer> compared =
          options.queries().stream()
              .filter(query -> comparisons.containsKey(new Cell(engine, query)))
              .toList();
      if (compared.isEmpty()) {
        continue;
      }
      List<String> different =
          compared.stream()
              .filter(query -> comparisons.get(new Cell(engine, query)).isPresent())
              .map(query -> "q" + query)
              .toList();
      lines.add(
          "%s: %d of %d queries equal to Spark%s"
              .formatted(
                  engine.label(),
                  compared.size() - different.size(),
                  options.queries().size(),
                  different.isEmpty() ? "" : "; different: " + String.join(", ", different)));
    }
    if (!withFloats.isEmpty()) {
      lines.add(
          "Floating point columns, in queries %s, were compared with a relative tolerance of %s"
              .formatted(withFloats, Comparison.TOLERANCE));
    }
    return lines;
  }

  ObjectNode json() {
    ObjectNode root = Output.JSON.createObjectNode();
    root.put("version", 1).put("benchmark", "tpch");
    root.put("scale", options.scale()).put("rounds", options.rounds());
    root.set("machine", machine.json(Output.JSON));
    ArrayNode engines = root.putArray("engines");
    for (EngineKind engine : options.engines()) {
      ObjectNode node = engines.addObject();
      node.put("name", engine.id()).put("version", versions.getOrDefault(engine, ""));
      node.put("threads", options.threads()).put("memoryBytes", options.memoryBytes());
      node.put("heapBytes", engine.heapBytes(options.memoryBytes()));
      total(engine).ifPresent(total -> node.put("totalMillis", total));
    }
    ArrayNode queries = root.putArray("queries");
    for (int query : options.queries()) {
      ObjectNode node = queries.addObject().put("query", query);
      ObjectNode medians = node.putObject("medianMillis");
      ObjectNode equal = node.putObject("equalToSpark");
      for (EngineKind engine : options.engines()) {
        median(engine, query, Timing::total).ifPresent(median -> medians.put(engine.id(), median));
        Cell cell = new Cell(engine, query);
        if (comparisons.containsKey(cell)) {
          equal.put(engine.id(), comparisons.get(cell).isEmpty());
        }
      }
      median(subject, query, Timing::execution)
          .ifPresent(median -> node.put("subjectExecutionMillis", median));
    }
    ObjectNode ratios = root.putObject("ratios");
    ratios().forEach(ratios::put);
    problems().forEach(root.putArray("problems")::add);
    ArrayNode raw = root.putArray("timings");
    for (Timing timing : timings) {
      ObjectNode node = raw.addObject();
      node.put("engine", timing.engine.id()).put("query", timing.query).put("round", timing.round);
      timing.planning.ifPresent(planning -> node.put("planningMillis", planning));
      node.put("totalMillis", timing.total);
    }
    return root;
  }

  /** One line per measured run. */
  String csv() {
    StringBuilder csv = new StringBuilder("engine,query,round,planning_ms,total_ms\n");
    for (Timing timing : timings) {
      csv.append(
          "%s,%d,%d,%s,%s\n"
              .formatted(
                  timing.engine.id(),
                  timing.query,
                  timing.round,
                  timing.planning.isPresent() ? format("%.3f", timing.planning.getAsDouble()) : "",
                  format("%.3f", timing.total)));
    }
    return csv.toString();
  }

  private static String cell(OptionalDouble millis) {
    return millis.isPresent() ? format("%.1f", millis.getAsDouble()) : "failed";
  }

  private static String factor(OptionalDouble ratio) {
    return ratio.isPresent() ? format("%.2f", ratio.getAsDouble()) : "-";
  }

  /** A number without needless digits. */
  static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
