package dev.kindling.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops one statement. A request may come while the statement is between two steps, when there is
 * nothing to stop: it is made again until the statement has ended.
 */
final class StatementCancel implements AutoCloseable {
  private static final long AGAIN_MILLIS = 100;

  private final Runnable cancel;
  private final CountDownLatch ended = new CountDownLatch(1);
  private Thread thread;

  /**
   * @param cancel stops what runs at the moment; called from another thread
   */
  StatementCancel(Runnable cancel) {
    this.cancel = cancel;
  }

  /** Asks for the statement's end, and returns at once. */
  synchronized void request() {
    if (thread == null && ended.getCount() > 0) {
      thread = new Thread(this::cancelUntilEnded, "kindling-cancel");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void cancelUntilEnded() {
    try {
      do {
        cancel.run();
      } while (!ended.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that the statement has ended; no request reaches the next one. */
  @Override
  public void close() {
    ended.countDown();
    Thread running;
    synchronized (this) {
      running = thread;
    }
    if (running != null) {
      try {
        running.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
