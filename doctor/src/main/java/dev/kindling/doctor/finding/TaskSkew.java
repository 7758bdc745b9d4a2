package dev.kindling.doctor.finding;

import dev.kindling.doctor.facts.Facts;
import dev.kindling.doctor.facts.Measure;
import dev.kindling.doctor.facts.PlanNode;
import dev.kindling.doctor.facts.Spread;
import dev.kindling.doctor.facts.StageFacts;
import dev.kindling.doctor.facts.Tasks;
import dev.kindling.model.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stage that waits for one task: because that has more of the data, or because its machine is
 * slow. Lost is what the slowest task takes longer than an even share of the stage's work, for no
 * stage can be faster than its work on all cores.
 */
final class TaskSkew implements Check {
  /** Spark's own rule for a skewed partition asks for five times the median of the bytes. */
  private static final double SKEWED = 3;

  private static final int FEWEST_TASKS = 3;
  private static final Pattern KEYS = Pattern.compile("(?:hash|range)partitioning\\((.*), \\d+\\)");

  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (StageFacts stage : facts.stages()) {
      Tasks tasks = stage.tasks();
      Spread run = tasks.spread(Measure.RUN);
      long even =
          Math.max(run.median(), run.sum() / Math.min(facts.slots(), Math.max(1, tasks.count())));
      if (tasks.count() >= FEWEST_TASKS && run.skew() >= SKEWED && run.max() > even) {
        findings.add(finding(stage, run, run.max() - even, facts));
      }
    }
    return findings;
  }

  private static Finding finding(StageFacts stage, Spread run, long lost, Facts facts) {
    Tasks tasks = stage.tasks();
    int slowest = tasks.largest(Measure.RUN);
    Spread rows = tasks.spread(Measure.SHUFFLE_READ_ROWS);
    Spread input = tasks.spread(Measure.INPUT_BYTES);
    List<String> evidence = new ArrayList<>();
    evidence.add(
        "the slowest of %s tasks took %s, %s times the median of %s"
            .formatted(
                Words.number(tasks.count()),
                Words.millis(run.max()),
                Words.times(run.skew()),
                Words.millis(run.median())));
    if (isMostOf(rows, tasks.get(Measure.SHUFFLE_READ_ROWS, slowest))) {
      return ofKey(stage, rows, slowest, lost, evidence, facts);
    }
    if (isMostOf(input, tasks.get(Measure.INPUT_BYTES, slowest))) {
      evidence.add(
          "it read %s; the median task read %s"
              .formatted(ByteSize.show(input.max()), ByteSize.show(input.median())));
      return new Finding(
          "input-skew",
          Loss.severity(lost, facts),
          Confidence.HIGH,
          Place.of(stage),
          "One task reads most of the input: its file cannot be split, or is much larger.",
          evidence,
          List.of(
              "write the input in files of 128 to 256 MB, in a format that splits (Parquet, not"
                  + " gzipped CSV)",
              "or repartition right after reading: /*+ REPARTITION(%d) */"
                  .formatted(3 * facts.slots())),
          "up to " + Loss.share(lost, facts) + ": the other cores wait for this task",
          lost);
    }
    evidence.add(
        "it ran on executor %s and had no more data than the others"
            .formatted(tasks.executor(slowest)));
    return new Finding(
        "straggler",
        // A machine that others use, or a first task that compiles: one run is no proof.
        min(Severity.WARNING, Loss.severity(lost, facts)),
        Confidence.LOW,
        Place.of(stage),
        "One task is much slower than the others on as much data.",
        evidence,
        List.of(
            "look at that executor's machine; with spark.speculation=true a second copy runs"
                + " elsewhere",
            "where rows differ in their work, more and smaller partitions spread it"),
        "up to " + Loss.share(lost, facts),
        lost);
  }

  private static Severity min(Severity a, Severity b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  // The slowest task is the one with the most data, and has much more than the others.
  private static boolean isMostOf(Spread data, long ofSlowest) {
    return data.max() > 0
        && ofSlowest == data.max()
        && data.max() >= SKEWED * Math.max(1, data.median());
  }

  private static Finding ofKey(
      StageFacts stage, Spread rows, int slowest, long lost, List<String> evidence, Facts facts) {
    evidence.add(
        "it read %s of %s rows (%s); the median task read %s"
            .formatted(
                Words.number(rows.max()),
                Words.number(rows.sum()),
                Words.percent((double) rows.max() / rows.sum()),
                Words.number(rows.median())));
    Optional<PlanNode> exchange =
        stage
            .query()
            .flatMap(
                query ->
                    query
                        .plan()
                        .all()
                        .filter(node -> node.is("Exchange"))
                        .filter(node -> reads(stage, node))
                        .filter(node -> KEYS.matcher(node.text()).find())
                        .findFirst());
    Optional<String> keys = exchange.map(TaskSkew::keys);
    boolean joins =
        stage
            .query()
            .map(
                query ->
                    query
                        .plan()
                        .all()
                        .anyMatch(node -> node.name().contains("Join") && stage.ran(node)))
            .orElse(false);
    keys.ifPresent(columns -> evidence.add("rows come to it by: " + columns));
    List<String> fixes = new ArrayList<>();
    if (joins) {
      fixes.add(
          "--conf spark.sql.adaptive.enabled=true --conf spark.sql.adaptive.skewJoin.enabled=true"
              + " --conf spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes=%d"
                  .formatted(
                      Math.max(
                          1 << 20, stage.tasks().get(Measure.SHUFFLE_READ_BYTES, slowest) / 2)));
      fixes.add("or broadcast the other side if it is small: /*+ BROADCAST(table) */");
      fixes.add(
          "or add a random number from 0 to %d to the key on this side, and repeat each row of the"
                  .formatted(facts.slots() - 1)
              + " other side for all of them");
    } else {
      fixes.add(
          "aggregate in two steps: first by %s and a random number, then by %s alone"
              .formatted(keys.orElse("the key"), keys.orElse("the key")));
      fixes.add(
          "or filter the hot value out and treat it by itself: often it is NULL or a default");
    }
    return new Finding(
        "task-skew",
        Loss.severity(lost, facts),
        keys.isPresent() ? Confidence.HIGH : Confidence.MEDIUM,
        Place.of(stage),
        "One value of %s has %s of the rows, and one task does its work alone."
            .formatted(keys.orElse("the key"), Words.percent((double) rows.max() / rows.sum())),
        evidence,
        fixes,
        "up to "
            + Loss.share(lost, facts)
            + ": spread evenly, the stage's work takes that much less on %d cores"
                .formatted(facts.slots()),
        lost);
  }

  private static boolean reads(StageFacts stage, PlanNode exchange) {
    Long records = exchange.metrics().get("records read");
    return records != null && stage.accumulators().contains(records);
  }

  private static String keys(PlanNode exchange) {
    Matcher matcher = KEYS.matcher(exchange.text());
    return matcher.find() ? PlanNode.readable(matcher.group(1)) : "";
  }
}
