package dev.kindling.cluster.sizing;

/**
 * The driver.
 *
 * @param cores {@code spark.driver.cores}, used in cluster mode
 * @param heap {@code spark.driver.memory}, in bytes
 * @param overhead memory of its process beside the heap, in bytes
 * @param maxResult {@code spark.driver.maxResultSize}, in bytes
 */
public record Driver(int cores, long heap, long overhead, long maxResult) {
  /** As many as the driver has threads that take in results: spark.resultGetter.threads. */
  static final int MOST_CORES = 4;

  /** The heap holds the results of a query, and broadcast tables, and much else. */
  static final int RESULTS_IN_HEAP = 4;

  static Driver of(SizingRequest request, Division division, ExecutorMemory memory) {
    long heap = Math.min(request.workload().driverHeap(), memory.heap());
    return new Driver(
        Math.min(MOST_CORES, division.coresPerExecutor()),
        heap,
        SparkMemory.overhead(heap, request.overhead()),
        heap / RESULTS_IN_HEAP);
  }
}
