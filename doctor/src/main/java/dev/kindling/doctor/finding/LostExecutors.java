package dev.kindling.doctor.finding;

import dev.kindling.doctor.facts.ExecutorFacts;
import dev.kindling.doctor.facts.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Executors that went before the application ended and that nobody sent away. */
final class LostExecutors implements Check {
  /** Why an executor goes, by what Spark says of it. */
  private enum Cause {
    OUT_OF_HEAP("(code|status):? 52\\b") {
      @Override
      String summary() {
        return "its Java heap was full (exit code 52)";
      }

      @Override
      String fix(Facts facts) {
        return "a larger spark.executor.memory (now %s), fewer spark.executor.cores, or smaller partitions"
            .formatted(facts.conf("spark.executor.memory", "1g"));
      }
    },
    KILLED("(code|status):? 137\\b|sigkill|oomkilled") {
      @Override
      String summary() {
        return "it was killed from outside (exit code 137), most often because it took more memory"
            + " than its container may";
      }

      @Override
      String fix(Facts facts) {
        return "a larger spark.executor.memoryOverhead (now %s): the limit counts memory outside the heap too"
            .formatted(facts.conf("spark.executor.memoryOverhead", "a tenth of the heap"));
      }
    },
    SILENT("heartbeat") {
      @Override
      String summary() {
        return "it sent no heartbeat: stopped by garbage collection, or cut off from the network";
      }

      @Override
      String fix(Facts facts) {
        return "more memory an executor, when its last tasks collected much garbage; else look at its"
            + " machine. A longer spark.network.timeout (now %s) only waits longer"
                .formatted(facts.conf("spark.network.timeout", "120s"));
      }
    },
    PREEMPTED("preempt|decommission|spot") {
      @Override
      String summary() {
        return "the cluster took it back";
      }

      @Override
      String fix(Facts facts) {
        return "--conf spark.decommission.enabled=true --conf spark.storage.decommission.enabled=true"
            + " moves its shuffle data before it goes";
      }
    },
    OTHER("") {
      @Override
      String summary() {
        return "its process or its machine ended";
      }

      @Override
      String fix(Facts facts) {
        return "read the end of its log: 'kindling cluster logs', or the worker's page";
      }
    };

    private final Pattern words;

    Cause(String words) {
      this.words = Pattern.compile(words);
    }

    abstract String summary();

    abstract String fix(Facts facts);

    static Cause of(String reason) {
      String text = reason.toLowerCase(Locale.ROOT);
      for (Cause cause : values()) {
        if (cause.words.matcher(text).find()) {
          return cause;
        }
      }
      throw new IllegalStateException("the last cause fits every text");
    }
  }

  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (ExecutorFacts executor : facts.executors()) {
      if (executor.removed().isPresent() && !wasSentAway(executor)) {
        findings.add(finding(executor, facts));
      }
    }
    return findings;
  }

  // By dynamic allocation, or at the application's end.
  private static boolean wasSentAway(ExecutorFacts executor) {
    String reason = executor.reason().toLowerCase(Locale.ROOT);
    return reason.contains("killed by driver")
        || reason.contains("driver stopped")
        || reason.contains("requested by driver")
        || reason.contains("idle");
  }

  private static Finding finding(ExecutorFacts executor, Facts facts) {
    Cause cause = Cause.of(executor.reason());
    long failed =
        facts.stages().stream()
            .flatMap(stage -> stage.failed().stream())
            .filter(task -> task.executor().equals(executor.id()))
            .count();
    long lost =
        facts.stages().stream()
            .flatMap(stage -> stage.failed().stream())
            .filter(task -> task.executor().equals(executor.id()))
            .mapToLong(task -> task.millis())
            .sum();
    return new Finding(
        "lost-executor",
        Severity.WARNING,
        cause == Cause.OTHER ? Confidence.LOW : Confidence.HIGH,
        Place.application(),
        "Executor %s on %s was lost: %s."
            .formatted(executor.id(), executor.host(), cause.summary()),
        List.of(
            "Spark says: %s".formatted(executor.reason().strip()),
            "%s tasks of it failed, with %s of work"
                .formatted(Words.number(failed), Words.millis(lost))),
        List.of(cause.fix(facts)),
        "the lost work, and its shuffle data that other executors computed again",
        lost);
  }
}
