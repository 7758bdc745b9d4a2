package dev.kindling.cluster.sizing;

import dev.kindling.model.ByteSize;
import java.util.OptionalLong;

/**
 * Into how many tasks the work is cut.
 *
 * @param slots tasks that the cluster runs at once
 * @param targetBytes how much data one shuffle partition should hold, in bytes
 * @param executionPerTask execution memory that a task can count on, in bytes
 * @param input tasks that read the data; empty when its amount is unknown
 * @param shuffle {@code spark.sql.shuffle.partitions}
 * @param bound what decided the number of shuffle partitions
 */
public record Partitions(
    long slots,
    long targetBytes,
    long executionPerTask,
    OptionalLong input,
    long shuffle,
    Bound bound) {
  /** What decided the number of shuffle partitions. */
  public enum Bound {
    SLOTS,
    DATA
  }

  /** Data grows by so much between a shuffle's bytes and objects in memory: 2 to 5, says Spark. */
  static final int GROWTH = 4;

  private static final long LEAST_TARGET = ByteSize.MIB;

  static Partitions of(SizingRequest request, Division division, MemoryRegions regions) {
    long slots = (long) division.executors() * division.coresPerExecutor();
    long perTask = regions.executionPerTask(division.coresPerExecutor());
    long target =
        Math.max(
            LEAST_TARGET,
            Math.min(SparkMemory.INPUT_PARTITION, perTask / GROWTH / ByteSize.MIB * ByteSize.MIB));
    OptionalLong input =
        request.data().isPresent()
            ? OptionalLong.of(ceil(request.data().getAsLong(), SparkMemory.INPUT_PARTITION))
            : OptionalLong.empty();
    long bySlots = slots * request.workload().tasksPerSlot();
    long byData = request.data().isPresent() ? ceil(request.data().getAsLong(), target) : 0;
    return new Partitions(
        slots,
        target,
        perTask,
        input,
        ceil(Math.max(bySlots, byData), slots) * slots,
        byData > bySlots ? Bound.DATA : Bound.SLOTS);
  }

  /** How often all slots are filled to get through so many tasks. */
  public long waves(long tasks) {
    return ceil(tasks, slots);
  }

  private static long ceil(long amount, long part) {
    return (amount + part - 1) / part;
  }
}
