package dev.kindling.spark.runner;

import dev.kindling.model.record.StageRecord;
import dev.kindling.spark.protocol.Counters;
import dev.kindling.spark.protocol.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.Success$;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/**
 * Adds up what the running request costs, and reports how far it is. Jobs that are not the
 * request's, such as those of the warm-up, do not count.
 */
final class RunListener extends SparkListener {
  private static final long PROGRESS_NANOS = 250_000_000;
  private static final long DRAIN_MILLIS = 10_000;
  private static final long LAST_TASKS_NANOS = 10_000_000_000L;
  private static final String JOB_GROUP = "spark.jobGroup.id";

  private final SparkContext context;
  private final Replies replies;

  // By the stage's number; a further attempt begins anew.
  private final Map<Integer, StageTally> ownStages = new HashMap<>();
  private final List<StageRecord> finished = new ArrayList<>();
  private final Set<Long> runningTasks = new HashSet<>();
  private long request;
  private boolean cancelled;
  private long lastProgress;
  private int stages;
  private int stagesDone;
  private int tasks;
  private int tasksKnown;
  private int failedTasks;
  private long rowsWritten;
  private String stageName = "";

  RunListener(SparkContext context, Replies replies) {
    this.context = context;
    this.replies = replies;
  }

  /** The job group that the jobs of a request are in. */
  static String group(long request) {
    return "kindling-" + request;
  }

  /** Starts counting from zero. */
  void begin(long id) {
    synchronized (this) {
      ownStages.clear();
      finished.clear();
      runningTasks.clear();
      request = id;
      cancelled = false;
      lastProgress = System.nanoTime();
      stages = 0;
      stagesDone = 0;
      tasks = 0;
      tasksKnown = 0;
      failedTasks = 0;
      rowsWritten = 0;
    }
  }

  /** Waits for Spark's last events about the request, then stops reporting it. */
  Counters end() {
    drain();
    synchronized (this) {
      request = 0;
      return new Counters(stages, tasks, failedTasks, finished);
    }
  }

  /**
   * Waits until no task of the request runs any more, some seconds at most. A job does not wait for
   * the slower of two tries of a task, nor a failed one for its other tasks, but the folder that
   * they write to may be published or deleted next.
   */
  void awaitTasks() {
    drain();
    boolean interrupted = Thread.interrupted();
    long deadline = System.nanoTime() + LAST_TASKS_NANOS;
    synchronized (this) {
      while (!runningTasks.isEmpty()) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          System.err.println("Tasks of a request that ended still run: " + runningTasks);
          break;
        }
        try {
          wait(left);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
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
      stop = cancelled && isOwn(event.properties());
    }
    if (stop) {
      context.cancelJob(event.jobId());
    }
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
    if (isOwn(event.properties())) {
      ownStages.put(event.stageInfo().stageId(), new StageTally());
      stages++;
      tasksKnown += event.stageInfo().numTasks();
      stageName = StageNames.of(event.stageInfo());
    }
  }

  @Override
  public synchronized void onStageCompleted(SparkListenerStageCompleted event) {
    StageTally stage = ownStages.get(event.stageInfo().stageId());
    if (stage != null) {
      stagesDone++;
      finished.add(stage.record(event.stageInfo()));
    }
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart event) {
    if (ownStages.containsKey(event.stageId())) {
      runningTasks.add(event.taskInfo().taskId());
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
    StageTally stage = ownStages.get(event.stageId());
    if (stage == null) {
      return;
    }
    runningTasks.remove(event.taskInfo().taskId());
    notifyAll();
    // A task that was done and is lost with its executor, to run again, ends a second time: as
    // successful, and without metrics.
    if (!event.reason().equals(Success$.MODULE$)) {
      // The slower of two tries of one task is killed, which is no failure.
      if (!event.taskInfo().killed()) {
        failedTasks++;
        stage.failed();
      }
      return;
    }
    tasks++;
    TaskMetrics metrics = event.taskMetrics();
    rowsWritten += metrics.outputMetrics().recordsWritten();
    stage.succeeded(event.taskInfo().duration(), metrics);
    long now = System.nanoTime();
    if (request != 0 && now - lastProgress >= PROGRESS_NANOS) {
      lastProgress = now;
      replies.say(request, new Progress(stagesDone, tasks, tasksKnown, stageName));
    }
  }

  private boolean isOwn(Properties properties) {
    return properties != null && group(request).equals(properties.getProperty(JOB_GROUP));
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
