package dev.kindling.cluster.sizing;

import dev.kindling.model.ByteSize;

/**
 * The constants of Spark 4.0.1 that memory is divided by; a test compares them with Spark's own.
 */
final class SparkMemory {
  /** What Spark keeps of every heap for itself, in bytes: UnifiedMemoryManager. */
  static final long RESERVED = 300 * ByteSize.MIB;

  /** Below this heap, in bytes, Spark does not start: one and a half times what it keeps. */
  static final long LEAST_HEAP = RESERVED * 3 / 2;

  /** spark.executor.memory and spark.driver.memory, in bytes. */
  static final long DEFAULT_HEAP = ByteSize.GIB;

  /** spark.memory.fraction. */
  static final double FRACTION = 0.6;

  /** spark.memory.storageFraction. */
  static final double STORAGE_FRACTION = 0.5;

  /** spark.executor.memoryOverheadFactor. */
  static final double OVERHEAD_FACTOR = 0.1;

  /** spark.executor.minMemoryOverhead, in bytes. */
  static final long LEAST_OVERHEAD = 384 * ByteSize.MIB;

  /** spark.sql.files.maxPartitionBytes. */
  static final long INPUT_PARTITION = 128 * ByteSize.MIB;

  /** spark.sql.shuffle.partitions. */
  static final int SHUFFLE_PARTITIONS = 200;

  /** From this heap on, in bytes, the virtual machine's pointers have eight bytes and not four. */
  static final long LONG_POINTERS = 32 * ByteSize.GIB;

  private SparkMemory() {}

  /** What an executor gets beside its heap, in bytes, rounded up to whole MiB. */
  static long overhead(long heap, double factor) {
    return Math.max(LEAST_OVERHEAD, wholeMibUp((long) Math.ceil(heap * factor)));
  }

  static long wholeMibUp(long bytes) {
    return (bytes + ByteSize.MIB - 1) / ByteSize.MIB * ByteSize.MIB;
  }
}
