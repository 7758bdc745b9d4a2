package dev.kindling.cluster.cost;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.util.Optional;

/**
 * A way to run something.
 *
 * @param machine the price's name; empty to take the price of a machine of the size
 * @param nodes machines that work
 * @param cores of a machine; 0 when the machine is named
 * @param memory of a machine in bytes; 0 when the machine is named
 * @param masters machines beside them that only hold a master; always on demand
 * @param hours how long a run takes when no node is taken away
 * @param runs how many runs a month has
 * @param spotShare the part of the nodes that is spot, from 0 to 1
 * @param rework the part of the spot nodes' work that is lost when they are taken away, and done
 *     again, from 0 to 1
 */
public record CostPlan(
    Optional<String> machine,
    int nodes,
    int cores,
    long memory,
    int masters,
    double hours,
    double runs,
    double spotShare,
    double rework) {
  private static final double HOURS_OF_A_MONTH = 744;

  /**
   * @throws KindlingException USAGE for what cannot be
   */
  public CostPlan {
    requireNonNull(machine, "machine is null");
    within("nodes", nodes, 1, 100_000);
    within("masters", masters, 0, 1000);
    within("hours", hours, 1.0 / 3600, 100_000);
    within("runs", runs, 0, 10_000_000);
    within("spot", spotShare, 0, 1);
    within("rework", rework, 0, 1);
    if (machine.isEmpty() && (cores < 1 || memory < 1)) {
      throw new KindlingException(
          ErrorCode.USAGE, "A plan must say its machine: machine=NAME, or cores=16,memory=64g.");
    }
  }

  /** Whether the runs of a month take longer than a month has hours, one after the other. */
  public boolean overlaps() {
    return hours * runs > HOURS_OF_A_MONTH;
  }

  private static void within(String key, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Cannot use %s=%s in a plan (accepted: %s to %s)."
              .formatted(key, plain(value), plain(least), plain(most)));
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}
