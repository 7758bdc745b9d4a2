package dev.kindling.bench;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One process, from its start to its end.
 *
 * @param firstOutputMillis until the first byte on stdout; the whole time when there was none
 * @param wallMillis until it ended
 * @param cpuMillis user and system time of the process and of its children that it waited for;
 *     empty where the system does not tell
 * @param stdout what it printed
 */
record ProcessRun(
    double firstOutputMillis, double wallMillis, OptionalDouble cpuMillis, String stdout) {
  // The unit of times in /proc, the same on every Linux platform that Java runs on.
  private static final double MILLIS_PER_TICK = 10;

  ProcessRun {
    requireNonNull(cpuMillis, "cpuMillis is null");
    requireNonNull(stdout, "stdout is null");
  }

  /**
   * Runs a command to its end. Only one at a time: the CPU time is what all ended children of this
   * process used in between.
   *
   * @param log where stderr goes
   * @throws KindlingException when the command cannot be started or exits with another code than 0
   */
  static ProcessRun of(List<String> command, Path folder, Path log) {
    try {
      OptionalDouble cpuBefore = childrenCpuMillis();
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectError(log.toFile())
              .start();
      process.getOutputStream().close();
      ByteArrayOutputStream printed = new ByteArrayOutputStream();
      long first = 0;
      try (InputStream in = process.getInputStream()) {
        int next = in.read();
        first = System.nanoTime();
        if (next >= 0) {
          printed.write(next);
          in.transferTo(printed);
        }
      }
      int exitCode = process.waitFor();
      long end = System.nanoTime();
      if (exitCode != 0) {
        throw new KindlingException(
            ErrorCode.USAGE,
            "The command to measure ended with exit code %d: %s%n%s"
                .formatted(exitCode, String.join(" ", command), tail(log)));
      }
      OptionalDouble cpuAfter = childrenCpuMillis();
      return new ProcessRun(
          (first - start) / 1e6,
          (end - start) / 1e6,
          cpuBefore.isPresent() && cpuAfter.isPresent()
              ? OptionalDouble.of(cpuAfter.getAsDouble() - cpuBefore.getAsDouble())
              : OptionalDouble.empty(),
          printed.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Cannot run the command to measure: " + String.join(" ", command) + ": " + e.getMessage(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KindlingException(ErrorCode.INTERRUPTED, "The benchmark was interrupted");
    }
  }

  /** What the ended children of this process have used; the kernel adds a child when it ends. */
  private static OptionalDouble childrenCpuMillis() throws IOException {
    Path stat = Path.of("/proc/self/stat");
    if (!Files.isReadable(stat)) {
      return OptionalDouble.empty();
    }
    String text = Files.readString(stat);
    // The second field is the program's name in brackets, which may hold spaces.
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
    return OptionalDouble.of(
        (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * MILLIS_PER_TICK);
  }

  private static String tail(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
  }
}
