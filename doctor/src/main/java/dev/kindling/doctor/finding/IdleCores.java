package dev.kindling.doctor.finding;

import dev.kindling.doctor.facts.Facts;
import dev.kindling.doctor.facts.StageFacts;
import java.util.ArrayList;
import java.util.List;

/** Stages with fewer tasks than cores that take a large part of the run. */
final class IdleCores implements Check {
  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (StageFacts stage : facts.stages()) {
      int tasks = stage.tasks().count();
      if (tasks > 0 && tasks < facts.slots()) {
        long lost = stage.millis() * (facts.slots() - tasks) / facts.slots();
        Severity severity = Loss.severity(lost, facts);
        if (severity != Severity.INFO) {
          findings.add(finding(stage, tasks, lost, severity, facts));
        }
      }
    }
    return findings;
  }

  private static Finding finding(
      StageFacts stage, int tasks, long lost, Severity severity, Facts facts) {
    boolean first = stage.parents().isEmpty();
    return new Finding(
        "idle-cores",
        severity,
        Confidence.MEDIUM,
        Place.of(stage),
        "The stage has %d task%s for %d cores."
            .formatted(tasks, tasks == 1 ? "" : "s", facts.slots()),
        List.of("it took " + Words.millis(stage.millis())),
        first
            ? List.of(
                "split the input: --conf spark.sql.files.maxPartitionBytes=32m, or files that can be"
                    + " split",
                "or /*+ REPARTITION(%d) */ right after reading".formatted(3 * facts.slots()))
            : List.of(
                "avoid what brings all rows together: a window without PARTITION BY, a global sort, a"
                    + " COALESCE(1), a collect_list of everything",
                "or a larger spark.sql.shuffle.partitions, when it is smaller than the cores"),
        "up to " + Loss.share(lost, facts),
        lost);
  }
}
