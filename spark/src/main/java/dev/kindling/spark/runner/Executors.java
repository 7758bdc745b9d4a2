package dev.kindling.spark.runner;

import dev.kindling.spark.protocol.Failure;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;

/** Waits for the first executor of an application on a cluster. */
final class Executors {
  private static final int PATIENCE_SECONDS = 30;

  private Executors() {}

  /**
   * Returns when there is one. Without this, a job on a cluster that is full waits for ever, and
   * Spark says so in its log only.
   */
  static void await(SparkContext context, Standalone cluster) throws InterruptedException {
    CountDownLatch added = new CountDownLatch(1);
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onExecutorAdded(SparkListenerExecutorAdded event) {
            added.countDown();
          }
        };
    context.addSparkListener(listener);
    try {
      // The driver itself counts as one.
      if (context.getExecutorMemoryStatus().size() > 1) {
        return;
      }
      if (!added.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new TargetProblem(
            Failure.Kind.TARGET_RESOURCES,
            ("No executor started within %d seconds: other applications hold the cluster, or no"
                    + " worker has what an executor asks for (spark.executor.memory=%s,"
                    + " spark.executor.cores=%s). The cluster has %d worker%s, %d cores and at least"
                    + " %d MB a worker in all.")
                .formatted(
                    PATIENCE_SECONDS,
                    context.conf().get("spark.executor.memory"),
                    context.conf().get("spark.executor.cores", "all of a worker"),
                    cluster.workers(),
                    cluster.workers() == 1 ? "" : "s",
                    cluster.cores(),
                    cluster.smallestWorkerMb()),
            null);
      }
    } finally {
      context.removeSparkListener(listener);
    }
  }
}
