package dev.kindling.spark.runner;

import dev.kindling.model.record.StageRecord;
import java.util.Arrays;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.StageInfo;

/** Adds up the tasks of one attempt of a stage. */
final class StageTally {
  private long[] taskMillis = new long[16];
  private int tasks;
  private int failedTasks;
  private long inputRows;
  private long inputBytes;
  private long shuffleReadBytes;
  private long shuffleWriteBytes;
  private long spilledBytes;
  private long cpuNanos;
  private long gcMillis;

  void failed() {
    failedTasks++;
  }

  void succeeded(long millis, TaskMetrics metrics) {
    if (tasks == taskMillis.length) {
      taskMillis = Arrays.copyOf(taskMillis, tasks * 2);
    }
    taskMillis[tasks++] = millis;
    inputRows += metrics.inputMetrics().recordsRead();
    inputBytes += metrics.inputMetrics().bytesRead();
    shuffleReadBytes += metrics.shuffleReadMetrics().totalBytesRead();
    shuffleWriteBytes += metrics.shuffleWriteMetrics().bytesWritten();
    spilledBytes += metrics.diskBytesSpilled();
    cpuNanos += metrics.executorCpuTime();
    gcMillis += metrics.jvmGCTime();
  }

  StageRecord record(StageInfo stage) {
    long[] sorted = Arrays.copyOf(taskMillis, tasks);
    Arrays.sort(sorted);
    return new StageRecord(
        stage.stageId(),
        stage.attemptNumber(),
        stage.name(),
        tasks,
        failedTasks,
        millis(stage),
        tasks == 0 ? 0 : sorted[(tasks - 1) / 2],
        tasks == 0 ? 0 : sorted[tasks - 1],
        inputRows,
        inputBytes,
        shuffleReadBytes,
        shuffleWriteBytes,
        spilledBytes,
        cpuNanos / 1_000_000,
        gcMillis);
  }

  private static long millis(StageInfo stage) {
    if (stage.submissionTime().isEmpty() || stage.completionTime().isEmpty()) {
      return 0;
    }
    return (Long) stage.completionTime().get() - (Long) stage.submissionTime().get();
  }
}
