package dev.kindling.spark.runner;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends this process whatever it is doing. */
final class Exit {
  private static final int SECONDS_TO_CLEAN_UP = 4;

  private static volatile boolean begun;

  private Exit() {}

  /**
   * Whether this process is ending. What fails from now on fails for that reason only, and is not
   * to be told as an answer.
   */
  static boolean begun() {
    return begun;
  }

  /** Lets Spark stop and delete its temporary files, for some seconds at most. */
  static void now(int status) {
    begun = true;
    Thread watchdog =
        new Thread(
            () -> {
              try {
                new CountDownLatch(1).await(SECONDS_TO_CLEAN_UP, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(status);
            },
            "exit-watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
    System.exit(status);
  }
}
