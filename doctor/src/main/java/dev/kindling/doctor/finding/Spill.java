package dev.kindling.doctor.finding;

import dev.kindling.doctor.facts.Facts;
import dev.kindling.doctor.facts.Measure;
import dev.kindling.doctor.facts.StageFacts;
import dev.kindling.model.ByteSize;
import java.util.ArrayList;
import java.util.List;

/** Operators that did not fit into memory and went through the disk. */
final class Spill implements Check {
  // Written and read again, with serialisation: what a plain disk and one core do.
  private static final long BYTES_A_SECOND = 100L << 20;
  private static final long COMFORTABLE = 128L << 20;

  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (StageFacts stage : facts.stages()) {
      long spilled = stage.tasks().sum(Measure.SPILL_BYTES);
      if (spilled > 0) {
        findings.add(finding(stage, spilled, facts));
      }
    }
    return findings;
  }

  private static Finding finding(StageFacts stage, long spilled, Facts facts) {
    int tasks = Math.max(1, stage.tasks().count());
    long data =
        Math.max(
            stage.tasks().sum(Measure.SHUFFLE_READ_BYTES), stage.tasks().sum(Measure.INPUT_BYTES));
    long lost = spilled * 1_000 / BYTES_A_SECOND / Math.min(tasks, facts.slots());
    long partitions = Math.max(2L * tasks, (data + COMFORTABLE - 1) / COMFORTABLE);
    return new Finding(
        "spill",
        Loss.severity(lost, facts),
        Confidence.HIGH,
        Place.of(stage),
        "Tasks had too little memory for their part of the data and wrote it to disk in between.",
        List.of(
            "%s went to disk in %s tasks".formatted(ByteSize.show(spilled), Words.number(tasks)),
            "a task read %s, and held up to %s in memory"
                .formatted(
                    ByteSize.show(data / tasks),
                    ByteSize.show(stage.tasks().spread(Measure.PEAK_MEMORY).max())),
            "spark.executor.memory=%s, spark.sql.shuffle.partitions=%s"
                .formatted(
                    facts.conf("spark.executor.memory", "1g"),
                    facts.conf("spark.sql.shuffle.partitions", "200"))),
        List.of(
            "smaller partitions: --conf spark.sql.shuffle.partitions=%d".formatted(partitions),
            "or more memory for each core: a larger spark.executor.memory, or fewer"
                + " spark.executor.cores"),
        "about "
            + Loss.share(lost, facts)
            + ", at %s a second for writing and reading".formatted(ByteSize.show(BYTES_A_SECOND)),
        lost);
  }
}
