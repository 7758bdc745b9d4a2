package dev.kindling.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Shows what another process adds to a file, which need not be there yet. */
final class FileFollower implements AutoCloseable {
  private static final long LOOK_EVERY_MILLIS = 200;

  private final Path file;
  private final PrintStream to;
  private final ScheduledExecutorService clock;
  private long shown;

  FileFollower(Path file, PrintStream to) {
    this.file = file;
    this.to = to;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "kindling-follower");
              thread.setDaemon(true);
              return thread;
            });
    clock.scheduleWithFixedDelay(
        this::show, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void show() {
    if (!Files.exists(file)) {
      return;
    }
    try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
      byte[] more = new byte[(int) Math.min(content.length() - shown, 1 << 20)];
      content.seek(shown);
      content.readFully(more);
      shown += more.length;
      to.write(more, 0, more.length);
      to.flush();
    } catch (IOException e) {
      // A shared file system may be slow to show what grows; the next look gets it.
      return;
    }
  }

  /** Shows the rest. */
  @Override
  public void close() {
    clock.shutdownNow();
    show();
  }
}
