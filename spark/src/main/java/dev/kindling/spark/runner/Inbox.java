package dev.kindling.spark.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindling.spark.protocol.Cancel;
import dev.kindling.spark.protocol.Close;
import dev.kindling.spark.protocol.Launch;
import dev.kindling.spark.protocol.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongConsumer;

/**
 * Reads requests on a thread of its own, so that a cancel, a close and the end of the input are
 * seen while a query runs.
 */
final class Inbox {
  private final InputStream in;
  private final BlockingQueue<Wire.Asked> waiting = new LinkedBlockingQueue<>();
  private final Object cancelLock = new Object();
  private LongConsumer cancel = id -> {};

  Inbox(InputStream in) {
    this.in = in;
  }

  void start() {
    Thread reader = new Thread(this::read, "requests");
    reader.setDaemon(true);
    reader.start();
  }

  /** What to do when request number so-and-so is to stop. */
  void cancelWith(LongConsumer action) {
    synchronized (cancelLock) {
      cancel = action;
    }
  }

  boolean isIdle() {
    return waiting.isEmpty();
  }

  /** The first line, which is always the launch. */
  Launch launch() {
    if (next().request() instanceof Launch launch) {
      return launch;
    }
    throw new IllegalStateException("The first request is not a launch.");
  }

  /** Waits for the next request. An interrupt that a cancel left behind has no effect. */
  Wire.Asked next() {
    while (true) {
      try {
        return waiting.take();
      } catch (InterruptedException e) {
        // A cancel came too late for its query. Wait on.
        continue;
      }
    }
  }

  private void read() {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Wire.Asked asked = Wire.request(line);
        if (asked.request() instanceof Close) {
          break;
        } else if (asked.request() instanceof Cancel stop) {
          synchronized (cancelLock) {
            cancel.accept(stop.request());
          }
        } else {
          waiting.add(asked);
        }
      }
    } catch (IOException e) {
      System.err.println("Cannot read requests: " + e.getMessage());
    }
    Exit.now(0);
  }
}
