package dev.kindling.model.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The last lines of a process's log, for messages about its end. */
public final class LogTail {
  // A log may have grown to gigabytes; so much of its end is read for a line asked for.
  private static final int BYTES_PER_LINE = 2048;

  private LogTail() {}

  /**
   * The last lines that are not blank, oldest first; empty when there is no such file or it cannot
   * be read, since a message must not fail for the want of its details.
   */
  public static List<String> lines(Path log, int most) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(0, file.length() - (long) BYTES_PER_LINE * most);
      file.seek(from);
      byte[] tail = new byte[(int) (file.length() - from)];
      file.readFully(tail);
      List<String> lines =
          Arrays.stream(new String(tail, UTF_8).split("\n"))
              .map(String::stripTrailing)
              .filter(line -> !line.isEmpty())
              .toList();
      return lines.subList(Math.max(0, lines.size() - most), lines.size());
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The last lines as the end of a message, with the log's path. */
  public static String quote(Path log, int most) {
    List<String> lines = lines(log, most);
    return lines.isEmpty()
        ? " Its log is empty: " + log
        : " Last lines of its log (%s):\n  %s".formatted(log, String.join("\n  ", lines));
  }
}
