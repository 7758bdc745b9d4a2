package dev.kindling.doctor.facts;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * An executor.
 *
 * @param added milliseconds since 1970
 * @param removed empty when it stayed to the end of the log
 * @param reason why it went, in Spark's words; empty text when it stayed
 */
public record ExecutorFacts(
    String id, String host, int cores, long added, OptionalLong removed, String reason) {
  public ExecutorFacts {
    requireNonNull(id, "id is null");
    requireNonNull(host, "host is null");
    requireNonNull(removed, "removed is null");
    requireNonNull(reason, "reason is null");
  }

  /** The most cores that were there at once. */
  static int mostCores(List<ExecutorFacts> executors) {
    TreeMap<Long, Integer> changes = new TreeMap<>();
    for (ExecutorFacts executor : executors) {
      changes.merge(executor.added(), executor.cores(), Integer::sum);
      executor.removed().ifPresent(at -> changes.merge(at, -executor.cores(), Integer::sum));
    }
    int cores = 0;
    int most = 0;
    for (int change : changes.values()) {
      cores += change;
      most = Math.max(most, cores);
    }
    return most;
  }
}
