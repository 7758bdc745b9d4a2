package dev.kindling.model.record;

import static java.util.Objects.requireNonNull;

import java.util.function.UnaryOperator;

/**
 * What one stage of Spark did for a table: tasks over the parts of the data between two shuffles.
 * Bytes are bytes, times are milliseconds, sums are over the stage's tasks that succeeded.
 *
 * @param id Spark's number of the stage
 * @param attempt 0, or higher for a stage that ran again because its output was lost
 * @param name what Spark calls it: the place in the code that started it
 * @param millis from its submission to its end
 * @param medianTaskMillis half of the tasks took no longer
 * @param slowestTaskMillis the longest task
 */
public record StageRecord(
    int id,
    int attempt,
    String name,
    int tasks,
    int failedTasks,
    long millis,
    long medianTaskMillis,
    long slowestTaskMillis,
    long inputRows,
    long inputBytes,
    long shuffleReadBytes,
    long shuffleWriteBytes,
    long spilledBytes,
    long cpuMillis,
    long gcMillis) {
  public StageRecord {
    requireNonNull(name, "name is null");
  }

  /**
   * How many times as long as the median the slowest task took: 1 is an even spread, more is skew,
   * or a slow machine.
   */
  public double skew() {
    return medianTaskMillis == 0 ? 1 : (double) slowestTaskMillis / medianTaskMillis;
  }

  StageRecord hiding(UnaryOperator<String> hide) {
    return new StageRecord(
        id,
        attempt,
        hide.apply(name),
        tasks,
        failedTasks,
        millis,
        medianTaskMillis,
        slowestTaskMillis,
        inputRows,
        inputBytes,
        shuffleReadBytes,
        shuffleWriteBytes,
        spilledBytes,
        cpuMillis,
        gcMillis);
  }
}
