package dev.kindling.cluster.sizing;

import dev.kindling.model.ByteSize;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;

/**
 * How Spark divides the heap of an executor, all in bytes. Execution may take what storage does not
 * use and the other way round; the line between them says only how much of the cache execution
 * cannot drive out.
 *
 * @param heap {@code spark.executor.memory}
 * @param reserved what Spark keeps for itself, whatever the heap
 * @param unified for execution and storage together
 * @param storage the part of the unified region from which execution drives no cached block out
 * @param execution the rest of the unified region: joins, sorts, aggregations, shuffles
 * @param user the rest of the heap: objects of user code, and Spark's own metadata
 */
public record MemoryRegions(
    long heap, long reserved, long unified, long storage, long execution, long user) {

  /**
   * The regions of a heap.
   *
   * @throws KindlingException USAGE for a heap that Spark does not start with
   */
  public static MemoryRegions of(long heap) {
    if (heap < SparkMemory.LEAST_HEAP) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "An executor with a heap of %s does not start: Spark keeps 300 MB and asks for at least 450m."
              .formatted(ByteSize.show(heap)));
    }
    long usable = heap - SparkMemory.RESERVED;
    long unified = (long) (usable * SparkMemory.FRACTION);
    long storage = (long) (unified * SparkMemory.STORAGE_FRACTION);
    return new MemoryRegions(
        heap, SparkMemory.RESERVED, unified, storage, unified - storage, usable - unified);
  }

  /**
   * The execution memory that each of so many tasks at once can count on when the cache is full.
   */
  public long executionPerTask(int tasks) {
    return execution / tasks;
  }
}
