package dev.kindling.bench;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The shell on a terminal, until it prompts. The program {@code script} gives it a terminal, which
 * Java cannot.
 */
final class PromptRun {
  private static final String PROMPT = "kindling>";

  private PromptRun() {}

  /** Whether this system has the {@code script} that is needed: BSD's takes other options. */
  static boolean isPossible() {
    return new File("/proc/self").exists()
        && Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "script")));
  }

  /**
   * Starts the shell and leaves it when it has prompted.
   *
   * @throws KindlingException when it ends without a prompt
   */
  static ProcessRun of(Path launcher, Path folder) {
    try {
      long start = System.nanoTime();
      ProcessBuilder builder =
          new ProcessBuilder(List.of("script", "-qfec", "'" + launcher + "' shell", "/dev/null"));
      builder.environment().put("TERM", "xterm");
      builder.environment().put("XDG_STATE_HOME", folder.toString());
      Process process = builder.directory(folder.toFile()).redirectErrorStream(true).start();
      ByteArrayOutputStream printed = new ByteArrayOutputStream();
      long prompted = 0;
      try (InputStream in = process.getInputStream();
          OutputStream typed = process.getOutputStream()) {
        for (int next = in.read(); next >= 0; next = in.read()) {
          printed.write(next);
          if (prompted == 0 && printed.toString(StandardCharsets.UTF_8).contains(PROMPT)) {
            prompted = System.nanoTime();
            typed.write(".exit\r".getBytes(StandardCharsets.US_ASCII));
            typed.flush();
          }
        }
      }
      int exitCode = process.waitFor();
      if (prompted == 0 || exitCode != 0) {
        throw new KindlingException(
            ErrorCode.USAGE,
            "The shell ended with exit code %d %s a prompt:%n%s"
                .formatted(
                    exitCode,
                    prompted == 0 ? "without" : "after",
                    printed.toString(StandardCharsets.UTF_8)));
      }
      double millis = (prompted - start) / 1e6;
      return new ProcessRun(
          millis, millis, OptionalDouble.empty(), printed.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new KindlingException(
          ErrorCode.USAGE, "Cannot run 'script' for a terminal: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KindlingException(ErrorCode.INTERRUPTED, "The benchmark was interrupted");
    }
  }
}
