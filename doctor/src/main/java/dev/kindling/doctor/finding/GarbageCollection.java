package dev.kindling.doctor.finding;

import dev.kindling.doctor.facts.Facts;
import dev.kindling.doctor.facts.Measure;
import dev.kindling.doctor.facts.StageFacts;
import java.util.ArrayList;
import java.util.List;

/** Stages whose executors spent more than a tenth of their time collecting garbage. */
final class GarbageCollection implements Check {
  private static final double MUCH = 0.1;

  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (StageFacts stage : facts.stages()) {
      long collecting = stage.tasks().sum(Measure.GC);
      long running = stage.tasks().sum(Measure.RUN);
      if (collecting > MUCH * running) {
        findings.add(finding(stage, collecting, running, facts));
      }
    }
    return findings;
  }

  private static Finding finding(StageFacts stage, long collecting, long running, Facts facts) {
    // Tasks of one executor count the same pause each: the wall time lost is about one task's
    // share.
    long lost = collecting / Math.max(1, Math.min(stage.tasks().count(), facts.slots()));
    return new Finding(
        "garbage-collection",
        Loss.severity(lost, facts),
        Confidence.HIGH,
        Place.of(stage),
        "Executors spend %s of the tasks' time collecting garbage."
            .formatted(Words.percent((double) collecting / running)),
        List.of(
            "%s of %s in %s tasks"
                .formatted(
                    Words.millis(collecting),
                    Words.millis(running),
                    Words.number(stage.tasks().count())),
            "spark.executor.memory=%s for %s cores an executor"
                .formatted(
                    facts.conf("spark.executor.memory", "1g"),
                    facts.conf("spark.executor.cores", "all"))),
        List.of(
            "more memory an executor, or fewer cores in it: 'kindling size' says how much",
            "unpersist what is cached and no longer read",
            "in Java or Scala code, fewer small objects: DataFrame functions in the place of lambdas"),
        "about " + Loss.share(lost, facts),
        lost);
  }
}
