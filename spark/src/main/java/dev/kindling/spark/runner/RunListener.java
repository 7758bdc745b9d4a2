package dev.kindling.spark.runner;

import dev.kindling.spark.protocol.Counters;
import dev.kindling.spark.protocol.Progress;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Adds up what the running request costs, and reports how far it is. */
final class RunListener extends SparkListener {
  private static final long PROGRESS_NANOS = 250_000_000;
  private static final long DRAIN_MILLIS = 10_000;

  private final SparkContext context;
  private final Replies replies;

  private long request;
  private boolean cancelled;
  private long lastProgress;
  private int stages;
  private int stagesDone;
  private int tasks;
  private int tasksKnown;
  private int failedTasks;
  private long rowsWritten;
  private long inputRows;
  private long inputBytes;
  private long shuffleBytes;
  private long spilledBytes;
  private long cpuNanos;
  private long gcMillis;

  RunListener(SparkContext context, Replies replies) {
    this.context = context;
    this.replies = replies;
  }

  /** Starts counting from zero. */
  void begin(long id) {
    // What a request left behind, such as the tasks of one that was cancelled, is not this one's.
    drain();
    synchronized (this) {
      request = id;
      cancelled = false;
      lastProgress = System.nanoTime();
      stages = 0;
      stagesDone = 0;
      tasks = 0;
      tasksKnown = 0;
      failedTasks = 0;
      rowsWritten = 0;
      inputRows = 0;
      inputBytes = 0;
      shuffleBytes = 0;
      spilledBytes = 0;
      cpuNanos = 0;
      gcMillis = 0;
    }
  }

  /** Waits for Spark's last events about the request, then stops reporting it. */
  Counters end() {
    drain();
    synchronized (this) {
      request = 0;
      return new Counters(
          stages,
          tasks,
          failedTasks,
          inputRows,
          inputBytes,
          shuffleBytes,
          spilledBytes,
          cpuNanos / 1_000_000,
          gcMillis);
    }
  }

  synchronized long rowsWritten() {
    return rowsWritten;
  }

  /** Stops the jobs that run, and those that the same request still starts. */
  void cancelJobs() {
    synchronized (this) {
      cancelled = true;
    }
    context.cancelAllJobs();
  }

  @Override
  public void onJobStart(SparkListenerJobStart event) {
    boolean stop;
    synchronized (this) {
      stop = cancelled && request != 0;
    }
    if (stop) {
      context.cancelJob(event.jobId());
    }
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
    stages++;
    tasksKnown += event.stageInfo().numTasks();
  }

  @Override
  public synchronized void onStageCompleted(SparkListenerStageCompleted event) {
    stagesDone++;
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
    if (!event.taskInfo().successful()) {
      failedTasks++;
      return;
    }
    tasks++;
    TaskMetrics metrics = event.taskMetrics();
    rowsWritten += metrics.outputMetrics().recordsWritten();
    inputRows += metrics.inputMetrics().recordsRead();
    inputBytes += metrics.inputMetrics().bytesRead();
    shuffleBytes += metrics.shuffleWriteMetrics().bytesWritten();
    spilledBytes += metrics.diskBytesSpilled();
    cpuNanos += metrics.executorCpuTime();
    gcMillis += metrics.jvmGCTime();
    long now = System.nanoTime();
    if (request != 0 && now - lastProgress >= PROGRESS_NANOS) {
      lastProgress = now;
      replies.say(request, new Progress(stagesDone, tasks, tasksKnown));
    }
  }

  private void drain() {
    boolean interrupted = Thread.interrupted();
    try {
      context.listenerBus().waitUntilEmpty(DRAIN_MILLIS);
    } catch (TimeoutException e) {
      System.err.println("Spark's events are late; the counters of this request are too low.");
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
