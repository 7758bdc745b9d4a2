package dev.kindling.cluster.sizing;

import dev.kindling.model.ByteSize;

/**
 * What a cluster is mostly used for, with the choices that follow from it.
 *
 * <p>None of these comes from Spark: they are starting points, and every figure that uses one says
 * so.
 */
public enum Workload {
  /** Batches that read, join, aggregate and write. */
  ETL("etl", 3, 0.10, 4 * ByteSize.GIB),
  /** Training and scoring: data read many times over, libraries that use memory of their own. */
  ML("ml", 2, 0.20, 8 * ByteSize.GIB),
  /** Micro-batches without end, whose state is kept per shuffle partition. */
  STREAMING("streaming", 1, 0.10, 4 * ByteSize.GIB);

  private final String label;
  private final int tasksPerSlot;
  private final double overheadFactor;
  private final long driverHeap;

  Workload(String label, int tasksPerSlot, double overheadFactor, long driverHeap) {
    this.label = label;
    this.tasksPerSlot = tasksPerSlot;
    this.overheadFactor = overheadFactor;
    this.driverHeap = driverHeap;
  }

  /** As on the command line. */
  public String label() {
    return label;
  }

  /** How many tasks each slot gets in one stage, where the amount of data does not ask for more. */
  public int tasksPerSlot() {
    return tasksPerSlot;
  }

  /** The share of the heap that an executor gets beside it. */
  public double overheadFactor() {
    return overheadFactor;
  }

  /** The heap of the driver in bytes, where an executor's place has that much. */
  public long driverHeap() {
    return driverHeap;
  }
}
