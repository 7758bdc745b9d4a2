package dev.kindling.spark.protocol;

/**
 * What a request cost inside Spark, summed over its tasks. Bytes are bytes, times are milliseconds.
 */
public record Counters(
    int stages,
    int tasks,
    int failedTasks,
    long inputRows,
    long inputBytes,
    long shuffleBytes,
    long spilledBytes,
    long cpuMillis,
    long gcMillis) {

  /** Of a request that started no Spark job. */
  public static final Counters NONE = new Counters(0, 0, 0, 0, 0, 0, 0, 0, 0);
}
