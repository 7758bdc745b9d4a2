package dev.kindling.cluster.local;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Files that only their owner can read, there whole or not at all. */
final class PrivateFile {
  private PrivateFile() {}

  /** Writes a file in the place of an earlier one. */
  static void write(Path file, byte[] content) {
    try {
      Path temporary =
          Files.createTempFile(
              file.getParent(),
              file.getFileName().toString(),
              ".tmp",
              ClusterFolder.ownerOnly(file, "rw-------"));
      try {
        Files.write(temporary, content);
        Files.move(
            temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes settings in the form that Spark's {@code --properties-file} reads, sorted by name. */
  static void writeProperties(Path file, Map<String, String> settings) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(settings)
        .forEach((key, value) -> text.append(key).append('=').append(escaped(value)).append('\n'));
    write(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads settings.
   *
   * @throws UncheckedIOException when there is no such file, or it cannot be read
   */
  static Map<String, String> readProperties(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> settings = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
    return settings;
  }

  // A path of Windows has backslashes, and any path may start with a blank.
  private static String escaped(String value) {
    String text = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    return text.startsWith(" ") ? "\\" + text : text;
  }
}
