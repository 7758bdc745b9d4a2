package dev.kindling.cluster.sizing;

import dev.kindling.model.ByteSize;

/**
 * The memory of one executor, in bytes.
 *
 * @param place what the executor may take in all
 * @param heap {@code spark.executor.memory}
 * @param overhead memory of the process beside the heap: code, threads, network buffers, libraries
 * @param offHeap memory outside of the heap that Spark manages itself
 * @param regions how Spark divides the heap
 */
public record ExecutorMemory(
    long place, long heap, long overhead, long offHeap, MemoryRegions regions) {
  // From here on a heap is a whole number of GB, below it of 64 MB: rounding loses little.
  private static final long WHOLE_GIB_FROM = 16 * ByteSize.GIB;
  private static final long STEP = 64 * ByteSize.MIB;

  /** The largest heap that fits into a place with its overhead; the place is 834 MB or more. */
  public static ExecutorMemory of(long place, long offHeap, double factor) {
    long available = place - offHeap;
    long heap =
        rounded(
            Math.min((long) (available / (1 + factor)), available - SparkMemory.LEAST_OVERHEAD));
    while (heap + SparkMemory.overhead(heap, factor) > available) {
      heap -= STEP;
    }
    return new ExecutorMemory(
        place, heap, SparkMemory.overhead(heap, factor), offHeap, MemoryRegions.of(heap));
  }

  /** What the executor takes of its place. */
  public long total() {
    return heap + overhead + offHeap;
  }

  /** Down to a step that reads well. */
  static long rounded(long heap) {
    long step = heap >= WHOLE_GIB_FROM ? ByteSize.GIB : STEP;
    return heap / step * step;
  }
}
