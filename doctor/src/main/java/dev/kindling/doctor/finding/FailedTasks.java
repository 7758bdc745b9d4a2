package dev.kindling.doctor.finding;

import dev.kindling.doctor.facts.Facts;
import dev.kindling.doctor.facts.FailedTask;
import dev.kindling.doctor.facts.StageFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Stages with tasks that failed, and what they said. Lost executors are a check of their own. */
final class FailedTasks implements Check {
  private static final String FETCH = "FetchFailed";

  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (StageFacts stage : facts.stages()) {
      List<FailedTask> failed =
          stage.failed().stream()
              .filter(task -> !task.wasSuperseded())
              .filter(task -> !task.kind().equals("ExecutorLostFailure"))
              .toList();
      if (!failed.isEmpty() || failedItself(stage)) {
        findings.add(finding(stage, failed));
      }
    }
    return findings;
  }

  // A stage that somebody cancelled, or that the application's end met, is no fault of its own.
  private static boolean failedItself(StageFacts stage) {
    return !stage.failure().isEmpty() && !stage.failure().contains("cancelled");
  }

  private static Finding finding(StageFacts stage, List<FailedTask> failed) {
    Map<String, Long> messages = new TreeMap<>();
    failed.forEach(task -> messages.merge(task.kind() + ": " + task.message(), 1L, Long::sum));
    List<String> evidence = new ArrayList<>();
    if (!stage.failure().isEmpty()) {
      evidence.add("Spark says: " + stage.failure());
    }
    messages.forEach((message, times) -> evidence.add("%d × %s".formatted(times, message)));
    long lost = failed.stream().mapToLong(FailedTask::millis).sum();
    boolean fetch =
        failed.stream().anyMatch(task -> task.kind().equals(FETCH))
            || stage.failure().contains(FETCH);
    boolean ended = failedItself(stage) && !fetch;
    return new Finding(
        fetch ? "fetch-failure" : ended ? "failed-stage" : "failed-tasks",
        ended ? Severity.CRITICAL : Severity.WARNING,
        Confidence.HIGH,
        Place.of(stage),
        fetch
            ? "Tasks could not get the shuffle data of an executor that was lost or too busy."
            : ended
                ? "The stage failed, and its query with it."
                : "%d of %d tasks failed and ran again.".formatted(failed.size(), stage.planned()),
        evidence,
        fetch
            ? List.of(
                "look at the lost executors first: their shuffle data goes with them",
                "where none was lost: --conf spark.shuffle.io.maxRetries=10 --conf"
                    + " spark.shuffle.io.retryWait=10s")
            : List.of("mend what the message says; the rows that cause it are in that task's part"),
        "the failed work of " + Words.millis(lost) + ", and what waited for it",
        lost);
  }
}
