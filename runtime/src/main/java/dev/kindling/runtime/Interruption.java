package dev.kindling.runtime;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and a polite kill. The virtual machine calls a shutdown hook; the hook cancels what runs
 * and then waits for the command to put things in order: publish nothing, delete staged files,
 * write its record. The exit code is then the virtual machine's own, 130 for Ctrl-C.
 */
public final class Interruption {
  /** What a command returns that was interrupted. */
  public static final int EXIT_CODE = 130;

  // A cancelled query stops within milliseconds, a Spark child within its own deadline.
  private static final long PATIENCE_SECONDS = 20;

  private static final List<Runnable> ACTIONS = new CopyOnWriteArrayList<>();
  private static volatile boolean interrupted;

  private final CountDownLatch finished = new CountDownLatch(1);

  private Interruption() {}

  /** Starts to listen; to be called once, by the process's main method. */
  public static Interruption install() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (interruption.finished.getCount() > 0) {
                    interrupt();
                    interruption.await();
                  }
                },
                "kindling-interruption"));
    return interruption;
  }

  /** Says that the command is done and that nothing needs to be waited for. */
  public void finished() {
    finished.countDown();
  }

  /**
   * What cancels the work that runs now; runs on another thread. Close it when the work is done.
   */
  public static Registration onInterrupt(Runnable action) {
    ACTIONS.add(action);
    if (interrupted) {
      action.run();
    }
    return () -> ACTIONS.remove(action);
  }

  /** Whether somebody asked to stop. */
  public static boolean requested() {
    return interrupted;
  }

  /** Undoes an {@link #onInterrupt}. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  private static void interrupt() {
    interrupted = true;
    for (Runnable action : ACTIONS) {
      action.run();
    }
  }

  private void await() {
    try {
      for (int second = 0; second < PATIENCE_SECONDS; second++) {
        if (finished.await(1, TimeUnit.SECONDS)) {
          return;
        }
        // The first request may have come between two queries, when there was nothing to cancel.
        ACTIONS.forEach(Runnable::run);
      }
      System.err.println("Stopped before everything was put in order; the next run does it.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
