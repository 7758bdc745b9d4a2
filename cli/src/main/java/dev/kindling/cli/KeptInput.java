package dev.kindling.cli;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Statements from a stream, which can be read only once. After a crash of the native library the
 * launcher runs the same command again, and then the stream has ended: so a copy is kept in the
 * launcher's private folder, beside the file that {@code KINDLING_MARKER} names, for as long as the
 * launcher runs.
 */
final class KeptInput {
  /** More than any script has; what is larger is not kept. */
  private static final int MOST_BYTES = 64 << 20;

  private final Optional<Path> copy;
  private final boolean again;

  /**
   * @param environment the variables of the process: without a launcher nothing is kept
   */
  KeptInput(Map<String, String> environment) {
    this.copy =
        Optional.ofNullable(environment.get("KINDLING_MARKER"))
            .filter(marker -> !marker.isBlank())
            .map(marker -> Path.of(marker + ".input"));
    this.again = copy.isPresent() && "1".equals(environment.get("KINDLING_CRASHED"));
  }

  /**
   * Reads the stream to its end, or what the process before this one kept of it.
   *
   * @throws KindlingException when this command runs again and nothing was kept
   */
  String read(InputStream stream) throws IOException {
    return text(again ? kept() : keep(stream.readAllBytes()));
  }

  /** Likewise of a pipe; one that has been read is not opened again, which might wait for ever. */
  String read(Path pipe) throws IOException {
    if (again) {
      return text(kept());
    }
    try (InputStream stream = Files.newInputStream(pipe)) {
      return read(stream);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private byte[] kept() throws IOException {
    if (!Files.exists(copy.orElseThrow())) {
      throw new KindlingException(
          ErrorCode.FILE_ACCESS,
          "Cannot run the statements again: they came from a stream that the crashed process has"
              + " read, and no copy could be kept. Put them into a file (-f FILE), or run them with"
              + " --engine spark.");
    }
    return Files.readAllBytes(copy.get());
  }

  private byte[] keep(byte[] bytes) throws IOException {
    if (copy.isEmpty() || bytes.length > MOST_BYTES) {
      return bytes;
    }
    try {
      Files.write(copy.get(), bytes);
    } catch (IOException e) {
      // Hardly any command crashes: that this one could not run again is no reason to stop it. A
      // part of the statements must not be taken for all of them, though.
      Files.deleteIfExists(copy.get());
    }
    return bytes;
  }
}
