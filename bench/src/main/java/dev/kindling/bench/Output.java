package dev.kindling.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** Where the results of every benchmark go: stdout, and files with each single timing. */
final class Output {
  static final ObjectMapper JSON = new ObjectMapper();

  private Output() {}

  static void print(BenchOptions options, ObjectNode json, String text, PrintStream out) {
    out.println(options.json() ? pretty(json) : text);
  }

  /**
   * Writes {@code NAME-TIME.json}, the whole report, and {@code NAME-TIME.csv}, a line a timing.
   */
  static void saveTimings(
      BenchOptions options, String name, ObjectNode json, String csv, PrintStream err) {
    String stamp = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").format(LocalDateTime.now());
    Path base = options.out().resolve(name + "-" + stamp);
    try {
      Files.createDirectories(options.out());
      Files.writeString(Path.of(base + ".json"), pretty(json) + "\n");
      Files.writeString(Path.of(base + ".csv"), csv);
    } catch (IOException e) {
      throw new KindlingException(
          ErrorCode.FILE_ACCESS,
          "Cannot write the timings to "
              + options.out()
              + ": "
              + e
              + ". Name another folder: --out",
          e);
    }
    err.println("Timings: " + base + ".csv, .json");
  }

  private static String pretty(ObjectNode json) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
