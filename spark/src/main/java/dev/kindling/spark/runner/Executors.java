package dev.kindling.spark.runner;

import dev.kindling.spark.protocol.Failure;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockManagerAdded;

/** Waits for the executors of an application on a cluster. */
final class Executors {
  private static final int PATIENCE_SECONDS = 30;

  /** Where there is room, an executor comes, however busy its machine is. */
  private static final int PATIENCE_WITH_ROOM_SECONDS = 90;

  /** Executors start together; one that comes much later than the first has to wait for room. */
  private static final int PATIENCE_FOR_OTHERS_SECONDS = 5;

  private Executors() {}

  /**
   * Returns when there is one, and the others that start with it: what is asked of each host before
   * the first table is then asked of all. Without this, a job on a cluster that is full waits for
   * ever, and Spark says so in its log only.
   */
  static void await(SparkContext context, Standalone cluster) throws InterruptedException {
    int patience = cluster.seenFree() ? PATIENCE_WITH_ROOM_SECONDS : PATIENCE_SECONDS;
    int wanted = wanted(context.conf(), cluster);
    Semaphore changes = new Semaphore(0);
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onBlockManagerAdded(SparkListenerBlockManagerAdded event) {
            changes.release();
          }
        };
    context.addSparkListener(listener);
    try {
      if (!reached(1, patience, context, changes)) {
        throw new TargetProblem(
            Failure.Kind.TARGET_RESOURCES,
            ("No executor started within %d seconds: other applications hold the cluster, or no"
                    + " worker has what an executor asks for (spark.executor.memory=%s,"
                    + " spark.executor.cores=%s). The cluster has %d worker%s, %d cores and at least"
                    + " %d MB a worker in all.")
                .formatted(
                    patience,
                    context.conf().get("spark.executor.memory"),
                    context.conf().get("spark.executor.cores", "all of a worker"),
                    cluster.workers(),
                    cluster.workers() == 1 ? "" : "s",
                    cluster.cores(),
                    cluster.smallestWorkerMb()),
            null);
      }
      if (!reached(wanted, PATIENCE_FOR_OTHERS_SECONDS, context, changes)) {
        System.err.printf("Goes on with fewer than %d executors.%n", wanted);
      }
    } finally {
      context.removeSparkListener(listener);
    }
  }

  private static boolean reached(int count, int seconds, SparkContext context, Semaphore changes)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    // The driver itself counts as one.
    while (context.getExecutorMemoryStatus().size() - 1 < count) {
      if (!changes.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return false;
      }
    }
    return true;
  }

  // Spark spreads an application over as many workers as it can.
  private static int wanted(SparkConf conf, Standalone cluster) {
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      return conf.getInt("spark.dynamicAllocation.initialExecutors", 1);
    }
    int cores = conf.getInt("spark.cores.max", cluster.cores());
    int each = conf.getInt("spark.executor.cores", 1);
    return Math.max(1, Math.min(cluster.workers(), cores / each));
  }
}
