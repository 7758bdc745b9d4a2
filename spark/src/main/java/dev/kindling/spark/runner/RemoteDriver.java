package dev.kindling.spark.runner;

import dev.kindling.spark.protocol.SubmitOutcome;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An application's driver that runs on a cluster. It is watched by this class, because spark-submit
 * ends with 0 whatever becomes of it, or says little.
 */
abstract class RemoteDriver {
  private static final long LOOK_EVERY_MILLIS = 500;
  // A master's standby that takes over needs up to a minute.
  private static final int LOOKS_WITHOUT_ANSWER = 12;

  /**
   * What the cluster says of it.
   *
   * @param name such as {@code RUNNING}
   * @param isLast whether no other follows
   * @param detail where it runs, or why it failed; may be empty
   */
  record State(String name, boolean isLast, String detail) {}

  /** As the cluster calls it. */
  abstract String id();

  /**
   * Asks the cluster.
   *
   * @throws TargetProblem when it does not answer
   */
  abstract State state();

  /**
   * Has the cluster end it.
   *
   * @throws TargetProblem when it does not answer
   */
  abstract void kill();

  /** Shows what it said, when it failed and the cluster tells. */
  void showLastWords() {}

  /**
   * Tells its id and, when asked to wait, each change of its state until its end. A process that is
   * asked to end while it waits has the cluster end the driver.
   *
   * @param outcome gets the last state
   */
  final void follow(boolean toItsEnd, Path outcome) {
    System.err.println("Driver " + id() + " was submitted.");
    Thread killer = new Thread(this::tryToKill, "kill-driver");
    if (toItsEnd) {
      Runtime.getRuntime().addShutdownHook(killer);
    }
    State state = new State("", false, "");
    do {
      String before = state.name();
      state = patiently();
      if (!state.name().equals(before)) {
        System.err.println(
            "Driver "
                + id()
                + " is "
                + state.name()
                + (state.detail().isEmpty() ? "" : " " + state.detail()));
      }
      new SubmitOutcome.Driver(id(), state.name()).write(outcome);
    } while (toItsEnd && !state.isLast() && pause());
    if (toItsEnd) {
      Runtime.getRuntime().removeShutdownHook(killer);
      if (new SubmitOutcome.Driver(id(), state.name()).failed()) {
        showLastWords();
      }
    }
  }

  private State patiently() {
    for (int failures = 1; ; failures++) {
      try {
        return state();
      } catch (TargetProblem problem) {
        if (failures == LOOKS_WITHOUT_ANSWER) {
          throw problem;
        }
        for (int pauses = 0; pauses < 10; pauses++) {
          pause();
        }
      }
    }
  }

  private void tryToKill() {
    try {
      kill();
      System.err.println("Driver " + id() + " is asked to end.");
    } catch (TargetProblem problem) {
      System.err.println("Driver " + id() + " could not be ended: " + problem.getMessage());
    }
  }

  private static boolean pause() {
    try {
      return !new CountDownLatch(1).await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
