package dev.kindling.doctor.finding;

import dev.kindling.doctor.facts.Facts;
import dev.kindling.doctor.facts.Measure;
import dev.kindling.doctor.facts.Spread;
import dev.kindling.doctor.facts.StageFacts;
import dev.kindling.model.ByteSize;
import java.util.ArrayList;
import java.util.List;

/** Shuffles into far too many parts, whose tasks cost more to start than they do, or too few. */
final class ShufflePartitions implements Check {
  // What Spark needs to send a task, start it and hear of its end.
  private static final long TASK_OVERHEAD_MILLIS = 15;
  private static final long TINY_MILLIS = 100;
  private static final int MANY_WAVES = 8;
  private static final long LARGE = 512L << 20;
  private static final long COMFORTABLE = 128L << 20;

  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (StageFacts stage : facts.stages()) {
      if (stage.parents().isEmpty()) {
        // It reads files, or makes its rows itself.
        continue;
      }
      Spread duration = stage.tasks().spread(Measure.DURATION);
      long bytes = stage.tasks().sum(Measure.SHUFFLE_READ_BYTES);
      int tasks = stage.tasks().count();
      if (tasks > MANY_WAVES * facts.slots() && duration.median() <= TINY_MILLIS) {
        findings.add(tooMany(stage, bytes, duration, facts));
      } else if (tasks > 0 && bytes / tasks > LARGE) {
        findings.add(tooFew(stage, bytes, facts));
      }
    }
    return findings;
  }

  private static long fitting(long bytes, Facts facts) {
    long waves = (bytes + COMFORTABLE - 1) / COMFORTABLE;
    return Math.max(facts.slots(), waves);
  }

  private static Finding tooMany(StageFacts stage, long bytes, Spread duration, Facts facts) {
    int tasks = stage.tasks().count();
    long fitting = fitting(bytes, facts);
    long lost = (tasks - fitting) * TASK_OVERHEAD_MILLIS / facts.slots();
    return new Finding(
        "too-many-partitions",
        Loss.severity(lost, facts),
        Confidence.MEDIUM,
        Place.of(stage),
        "The shuffle has %s parts for %s: starting their tasks costs more than their work."
            .formatted(Words.number(tasks), ByteSize.show(bytes)),
        List.of(
            "the median of %s tasks took %s"
                .formatted(Words.number(tasks), Words.millis(duration.median())),
            "spark.sql.shuffle.partitions=%s, spark.sql.adaptive.enabled=%s"
                .formatted(
                    facts.conf("spark.sql.shuffle.partitions", "200"),
                    facts.conf("spark.sql.adaptive.enabled", "true"))),
        List.of(
            "--conf spark.sql.adaptive.enabled=true joins small parts by itself",
            "or --conf spark.sql.shuffle.partitions=%d".formatted(fitting)),
        "about "
            + Loss.share(lost, facts)
            + ", at %d ms a task on %d cores".formatted(TASK_OVERHEAD_MILLIS, facts.slots()),
        lost);
  }

  private static Finding tooFew(StageFacts stage, long bytes, Facts facts) {
    int tasks = stage.tasks().count();
    long fitting = fitting(bytes, facts);
    Spread run = stage.tasks().spread(Measure.RUN);
    long lost = Math.max(0, run.max() - run.sum() / facts.slots());
    return new Finding(
        "too-few-partitions",
        Loss.severity(lost, facts),
        Confidence.MEDIUM,
        Place.of(stage),
        "The shuffle has only %s parts, of %s each."
            .formatted(Words.number(tasks), ByteSize.show(bytes / tasks)),
        List.of(
            "%s in %s tasks on %d cores"
                .formatted(ByteSize.show(bytes), Words.number(tasks), facts.slots())),
        List.of("--conf spark.sql.shuffle.partitions=%d".formatted(fitting)),
        "up to " + Loss.share(lost, facts) + ", and less memory a task",
        lost);
  }
}
