package dev.kindling.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kindling.bench.engine.EngineKind;
import dev.kindling.bench.engine.EngineProcess.Answer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Gathers timings and comparisons of a run of queries and tells them as text, JSON and CSV. All
 * times are milliseconds; the figure of a query is the median of its rounds, the total their sum.
 */
final class WorkloadReport {
  private record Cell(EngineKind engine, Workload.Query query) {}

  private record Timing(
      EngineKind engine, Workload.Query query, int round, OptionalDouble planning, double total) {
    double execution() {
      return total - planning.orElse(0);
    }
  }

  private static final String LEFT_TO_SPARK = "left to Spark";
  // As Spark begins its messages: [DIVIDE_BY_ZERO] Division by zero.
  private static final Pattern ERROR_CLASS = Pattern.compile("\\[([A-Z][A-Z0-9_.]+)\\]");

  private final Workload workload;
  private final BenchOptions options;
  private final Machine machine;
  private final EngineKind subject;
  private final Map<EngineKind, String> versions = new EnumMap<>(EngineKind.class);
  private final Map<Cell, Answer> answers = new HashMap<>();
  private final Map<Cell, String> failures = new HashMap<>();
  private final Map<Cell, Comparison> comparisons = new HashMap<>();
  private final Set<Workload.Query> withFloats = new LinkedHashSet<>();
  private final List<Timing> timings = new ArrayList<>();

  WorkloadReport(Workload workload, BenchOptions options, Machine machine) {
    this.workload = workload;
    this.options = options;
    this.machine = machine;
    this.subject = options.engines().get(0);
  }

  void version(EngineKind engine, String version) {
    versions.put(engine, version);
  }

  /** The answer of the warm-up, which all later ones have to be equal to. */
  void answered(EngineKind engine, Workload.Query query, Answer answer) {
    answers.put(new Cell(engine, query), answer);
  }

  void failure(EngineKind engine, Workload.Query query, String message) {
    failures.put(new Cell(engine, query), message);
  }

  boolean hasFailed(EngineKind engine, Workload.Query query) {
    return failures.containsKey(new Cell(engine, query));
  }

  /** The outcome of comparing an engine's rows with Spark's. */
  void compared(EngineKind engine, Workload.Query query, Comparison comparison, boolean floats) {
    comparisons.put(new Cell(engine, query), comparison);
    if (floats) {
      withFloats.add(query);
    }
  }

  /** One measured run; rows that differ from the engine's own earlier ones are a failure. */
  void timing(EngineKind engine, Workload.Query query, int round, Answer answer) {
    Answer first = answers.get(new Cell(engine, query));
    // Where a LIMIT may cut through rows with equal keys, any of them are right each time.
    boolean same =
        query.limited()
            ? answer.rowCount() == first.rowCount()
            : answer.digest().equals(first.digest());
    if (!same) {
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
    for (Workload.Query query : measured()) {
      for (EngineKind engine : options.engines()) {
        Cell cell = new Cell(engine, query);
        // What raw DuckDB answers is nobody's promise, unless it is the one under test.
        if (engine == EngineKind.DUCKDB && engine != subject) {
          continue;
        }
        if (failures.containsKey(cell)) {
          problems.add("%s on %s: %s".formatted(query.name(), engine.label(), failures.get(cell)));
        }
        Optional.ofNullable(comparisons.get(cell))
            .flatMap(Comparison::difference)
            .ifPresent(
                difference ->
                    problems.add(
                        "%s on %s differs from Spark: %s"
                            .formatted(query.name(), engine.label(), difference)));
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

  private OptionalDouble median(
      EngineKind engine, Workload.Query query, ToDoubleFunction<Timing> figure) {
    if (hasFailed(engine, query)) {
      return OptionalDouble.empty();
    }
    List<Double> values =
        timings.stream()
            .filter(timing -> timing.engine == engine && timing.query.equals(query))
            .map(figure::applyAsDouble)
            .toList();
    return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Medians.of(values));
  }

  /** The sum of the medians; empty when a query is missing, as the sum would flatter. */
  private OptionalDouble sum(EngineKind engine, ToDoubleFunction<Timing> figure) {
    return sum(engine, measured(), figure);
  }

  /** The queries that have an answer: those that Spark does not end with an error of its own. */
  private List<Workload.Query> measured() {
    return options.queries().stream().filter(query -> raised(query).isEmpty()).toList();
  }

  /**
   * The class of the error that Spark ends a query with, when the subject does not answer it either
   * but raises while it runs, so that Spark's error is what the user gets.
   */
  private Optional<String> raised(Workload.Query query) {
    String ours = failures.getOrDefault(new Cell(subject, query), LEFT_TO_SPARK);
    if (ours.contains(LEFT_TO_SPARK)) {
      return Optional.empty();
    }
    return options.engines().stream()
        .filter(EngineKind::isSpark)
        .findFirst()
        .map(spark -> ERROR_CLASS.matcher(failures.getOrDefault(new Cell(spark, query), "")))
        .filter(Matcher::find)
        .map(error -> error.group(1));
  }

  private OptionalDouble sum(
      EngineKind engine, List<Workload.Query> queries, ToDoubleFunction<Timing> figure) {
    double sum = 0;
    for (Workload.Query query : queries) {
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
        "%s, scale %s, median of %d rounds after one warm-up, in milliseconds%n"
            .formatted(workload.title(), number(options.scale()), options.rounds()));
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
    for (Workload.Query query : options.queries()) {
      List<String> line = new ArrayList<>(List.of(query.name()));
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

  /** Named ratios of totals over the queries that both engines ran, in the report's order. */
  private Map<String, Double> ratios() {
    Map<String, Double> ratios = new LinkedHashMap<>();
    for (EngineKind engine : options.engines()) {
      if (engine == subject) {
        continue;
      }
      List<Workload.Query> both = ranOn(engine);
      if (both.isEmpty()) {
        continue;
      }
      String over =
          both.size() == measured().size()
              ? ""
              : ", %d of %d queries".formatted(both.size(), measured().size());
      OptionalDouble theirs = sum(engine, both, Timing::total);
      OptionalDouble ours = sum(subject, both, Timing::total);
      if (engine.isSpark()) {
        String name = engine.label() + " / " + subject.label();
        ratio(theirs, ours).ifPresent(ratio -> ratios.put(name + over, ratio));
        List<Double> each = both.stream().map(query -> ratio(engine, query)).toList();
        ratios.put(name + ", median of the queries" + over, Medians.of(each));
      } else {
        String name = " / " + engine.label() + over;
        ratio(ours, theirs).ifPresent(ratio -> ratios.put(subject.label() + name, ratio));
        if (separatesPlanning()) {
          ratio(sum(subject, both, Timing::execution), theirs)
              .ifPresent(ratio -> ratios.put(subject.label() + " execution only" + name, ratio));
        }
      }
    }
    return ratios;
  }

  private List<Workload.Query> ranOn(EngineKind engine) {
    return options.queries().stream()
        .filter(
            query ->
                median(engine, query, Timing::total).isPresent()
                    && median(subject, query, Timing::total).isPresent())
        .toList();
  }

  /** How many times as long another engine takes for a query that both ran. */
  private double ratio(EngineKind engine, Workload.Query query) {
    return median(engine, query, Timing::total).orElseThrow()
        / median(subject, query, Timing::total).orElseThrow();
  }

  private static String names(List<Workload.Query> queries) {
    return queries.stream().map(Workload.Query::name).collect(Collectors.joining(", "));
  }

  private List<String> comparedLines() {
    List<String> lines = new ArrayList<>();
    if (subject == EngineKind.KINDLING) {
      long sparkCode = options.queries().stream().filter(this::callsSparkCode).count();
      long ran = measured().stream().filter(query -> !hasFailed(subject, query)).count();
      lines.add(
          "%s: %d of %d queries native, %d with Spark's own code inside, %d left to Spark or failed"
              .formatted(
                  subject.label(),
                  ran - sparkCode,
                  measured().size(),
                  sparkCode,
                  measured().size() - ran));
    }
    for (EngineKind engine : options.engines()) {
      List<Workload.Query> compared =
          options.queries().stream()
              .filter(query -> comparisons.containsKey(new Cell(engine, query)))
              .toList();
      if (compared.isEmpty()) {
        continue;
      }
      List<Workload.Query> different =
          compared.stream()
              .filter(query -> comparisons.get(new Cell(engine, query)).difference().isPresent())
              .toList();
      lines.add(
          "%s: %d of %d queries equal to Spark%s"
              .formatted(
                  engine.label(),
                  compared.size() - different.size(),
                  measured().size(),
                  different.isEmpty() ? "" : "; different: " + names(different)));
    }
    for (EngineKind engine : options.engines()) {
      List<Workload.Query> slower =
          engine.isSpark() && engine != subject
              ? ranOn(engine).stream().filter(query -> ratio(engine, query) < 1).toList()
              : List.of();
      if (!slower.isEmpty()) {
        lines.add("%s is faster in %s".formatted(engine.label(), names(slower)));
      }
    }
    List<Workload.Query> tied =
        options.queries().stream()
            .filter(query -> comparisons.containsKey(new Cell(subject, query)))
            .filter(query -> comparisons.get(new Cell(subject, query)).tied())
            .toList();
    List<Workload.Query> raised =
        options.queries().stream().filter(query -> raised(query).isPresent()).toList();
    if (!raised.isEmpty()) {
      lines.add(
          "Left out, as Spark itself ends with an error: "
              + raised.stream()
                  .map(query -> query.name() + " " + raised(query).orElseThrow())
                  .collect(Collectors.joining(", ")));
    }
    if (!tied.isEmpty()) {
      lines.add(
          "A LIMIT cuts through rows with equal sort keys, so all were compared, in "
              + names(tied));
    }
    if (!withFloats.isEmpty()) {
      lines.add(
          "Floating point columns, in %s, were compared with a relative tolerance of %s"
              .formatted(names(List.copyOf(withFloats)), Comparison.TOLERANCE));
    }
    return lines;
  }

  private boolean callsSparkCode(Workload.Query query) {
    return !hasFailed(subject, query)
        && Optional.ofNullable(answers.get(new Cell(subject, query)))
            .map(Answer::sparkCode)
            .orElse(false);
  }

  ObjectNode json() {
    ObjectNode root = Output.JSON.createObjectNode();
    root.put("version", 1).put("benchmark", workload.id());
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
    for (Workload.Query query : options.queries()) {
      ObjectNode node = queries.addObject().put("query", query.name());
      ObjectNode medians = node.putObject("medianMillis");
      ObjectNode equal = node.putObject("equalToSpark");
      for (EngineKind engine : options.engines()) {
        median(engine, query, Timing::total).ifPresent(median -> medians.put(engine.id(), median));
        Cell cell = new Cell(engine, query);
        if (comparisons.containsKey(cell)) {
          equal.put(engine.id(), comparisons.get(cell).difference().isEmpty());
        }
      }
      median(subject, query, Timing::execution)
          .ifPresent(median -> node.put("subjectExecutionMillis", median));
      if (subject == EngineKind.KINDLING) {
        node.put(
            "ran",
            hasFailed(subject, query) ? "failed" : callsSparkCode(query) ? "spark-code" : "native");
      }
    }
    ObjectNode ratios = root.putObject("ratios");
    ratios().forEach(ratios::put);
    problems().forEach(root.putArray("problems")::add);
    ArrayNode raw = root.putArray("timings");
    for (Timing timing : timings) {
      ObjectNode node = raw.addObject();
      node.put("engine", timing.engine.id())
          .put("query", timing.query.name())
          .put("round", timing.round);
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
          "%s,%s,%d,%s,%s\n"
              .formatted(
                  timing.engine.id(),
                  timing.query.name(),
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
