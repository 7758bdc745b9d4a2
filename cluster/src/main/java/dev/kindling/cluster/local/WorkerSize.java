package dev.kindling.cluster.local;

/**
 * What a worker offers to applications.
 *
 * @param cores number of tasks that run at the same time
 * @param memoryBytes memory for executors; not reserved, and not that of the worker process itself
 */
public record WorkerSize(int cores, long memoryBytes) {
  private static final int MEBIBYTE_BITS = 20;

  public WorkerSize {
    if (cores < 1) {
      throw new IllegalArgumentException("cores must be at least 1, was " + cores);
    }
    if (memoryBytes < 1) {
      throw new IllegalArgumentException("memoryBytes must be positive, was " + memoryBytes);
    }
  }

  /** Whole mebibytes, the unit of Spark's own options. */
  long memoryMebibytes() {
    return memoryBytes >> MEBIBYTE_BITS;
  }
}
