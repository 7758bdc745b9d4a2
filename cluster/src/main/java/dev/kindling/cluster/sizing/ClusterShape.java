package dev.kindling.cluster.sizing;

import dev.kindling.model.ByteSize;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;

/**
 * The machines of a cluster, all alike.
 *
 * @param nodes how many machines do the work; a machine that only runs a master is not counted
 * @param coresPerNode processors that a machine shows to its operating system
 * @param memoryPerNode the whole memory of a machine, in bytes
 */
public record ClusterShape(int nodes, int coresPerNode, long memoryPerNode) {
  private static final int MOST_NODES = 100_000;
  private static final int MOST_CORES = 4096;

  /**
   * @throws KindlingException USAGE for a cluster without nodes or cores, or beyond what exists
   */
  public ClusterShape {
    within("--nodes", nodes, MOST_NODES);
    within("--cores", coresPerNode, MOST_CORES);
    if (memoryPerNode <= 0 || memoryPerNode > ByteSize.TIB * 1024) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "A node with %s of memory is not possible (accepted for --memory: up to 1024t)."
              .formatted(ByteSize.show(memoryPerNode)));
    }
  }

  private static void within(String option, int number, int most) {
    if (number < 1 || number > most) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Cannot size a cluster with %s %d (accepted: 1 to %d).".formatted(option, number, most));
    }
  }
}
