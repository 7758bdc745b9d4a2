package dev.kindling.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** When the native engine is at work. */
final class Native {
  private Native() {}

  /** Whether a process with this temporary folder runs something natively at the moment. */
  static boolean running(Path temporary) {
    try (Stream<Path> folders = Files.list(temporary)) {
      return folders.anyMatch(folder -> Files.exists(folder.resolve("running")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final int SIDE = 20_000;

  /** Takes long enough to be met at work, on both engines, and not much longer. */
  static final String SOME_SECONDS =
      ("SELECT count(*) AS n, sum(a.id %% 7) AS s FROM range(%1$d) a CROSS JOIN range(%1$d) b"
              + " WHERE (a.id * 31 + b.id) %% 5 <> 1")
          .formatted(SIDE);

  /** What {@link #SOME_SECONDS} gives, as CSV. */
  static String someSecondsResult() {
    long n = 0;
    long s = 0;
    for (long a = 0; a < SIDE; a++) {
      for (long b = 0; b < SIDE; b++) {
        if ((a * 31 + b) % 5 != 1) {
          n++;
          s += a % 7;
        }
      }
    }
    return "n,s\n" + n + "," + s + "\n";
  }

  /** Does not end by itself while a test waits. */
  static final String ENDLESS =
      "SELECT count(*) AS n FROM range(1000000) a CROSS JOIN range(1000000) b"
          + " WHERE (a.id * 31 + b.id) % 5 <> 1";
}
