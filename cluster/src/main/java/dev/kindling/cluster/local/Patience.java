package dev.kindling.cluster.local;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How long to wait for other processes, and when to give up.
 *
 * @param deadline for one thing to happen
 * @param interrupted whether the user asks to stop
 */
record Patience(Duration deadline, BooleanSupplier interrupted) {
  private static final long LOOK_EVERY_MILLIS = 25;

  /**
   * Waits until something holds.
   *
   * @return whether it does; false after the deadline
   * @throws KindlingException INTERRUPTED when the user asks to stop; what the condition throws
   */
  boolean until(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (interrupted.getAsBoolean()) {
        throw new KindlingException(ErrorCode.INTERRUPTED, "Interrupted.");
      }
      if (System.nanoTime() - start > deadline.toNanos()) {
        return false;
      }
      try {
        Thread.sleep(LOOK_EVERY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new KindlingException(ErrorCode.INTERRUPTED, "Interrupted.", e);
      }
    }
    return true;
  }
}
