package dev.kindling.spark.runner;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockManagerAdded;

/** Waits for the executors of an application on a cluster. */
final class Executors {
  private static final int LOOK_EVERY_SECONDS = 3;

  /** Executors start together; one that comes much later than the first has to wait for room. */
  private static final int PATIENCE_FOR_OTHERS_SECONDS = 5;

  private Executors() {}

  /**
   * Returns when there is one, and the others that start with it: what is asked of each host before
   * the first table is then asked of all. Without this, a job on a cluster that is full waits for
   * ever, and Spark says so in its log only.
   */
  static void await(SparkContext context, TargetCluster cluster) throws InterruptedException {
    boolean dynamic = context.conf().getBoolean("spark.dynamicAllocation.enabled", false);
    int wanted =
        dynamic
            ? context.conf().getInt("spark.dynamicAllocation.initialExecutors", 1)
            : Math.max(1, cluster.executors(context.conf()));
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
      int waited = 0;
      while (!reached(1, LOOK_EVERY_SECONDS, context, changes)) {
        waited += LOOK_EVERY_SECONDS;
        if (waited >= cluster.patienceSeconds() || cluster.isHopeless(context)) {
          throw cluster.nothingStarted(context, waited);
        }
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
}
