package dev.kindling.doctor.finding;

import dev.kindling.doctor.facts.Facts;
import java.util.Comparator;
import java.util.List;

/** All checks. */
public final class Checks {
  private static final List<Check> ALL =
      List.of(
          new FailedTasks(),
          new LostExecutors(),
          new TaskSkew(),
          new Spill(),
          new GarbageCollection(),
          new ShufflePartitions(),
          new MissedBroadcast(),
          new CartesianProduct(),
          new RowByRowFunctions(),
          new SmallFiles(),
          new UnprunedPartitions(),
          new IdleCores(),
          new DriverTime());

  private Checks() {}

  /** All findings: the most severe first, of those alike the one that cost the most time. */
  public static List<Finding> examine(Facts facts) {
    return ALL.stream()
        .flatMap(check -> check.examine(facts).stream())
        .sorted(
            Comparator.comparing(Finding::severity).thenComparing(Finding::lostMillis).reversed())
        .toList();
  }
}
