package dev.kindling.runtime.script;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.storage.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells the formats of files: by their endings, Parquet also by its first bytes. */
public final class DataFiles {
  /** Spark's name of the format that needs no ending. */
  public static final String PARQUET = "parquet";

  private static final byte[] PARQUET_START = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final Map<String, String> FORMATS =
      Map.of(
          "parquet", PARQUET, "csv", "csv", "json", "json", "jsonl", "json", "ndjson", "json",
          "orc", "orc");

  private DataFiles() {}

  /**
   * Spark's name of the format of a file, or of the files of a folder: parquet, csv, json or orc.
   *
   * @throws KindlingException USAGE when it is of none of these
   */
  public static String format(Path path) {
    // The first that is met is enough: a folder may hold very many.
    try (Stream<Path> files = files(path)) {
      return files
          .flatMap(file -> byEnding(file).stream())
          .findFirst()
          .or(() -> holdsParquet(path) ? Optional.of(PARQUET) : Optional.empty())
          .orElseThrow(() -> unknown(path));
    }
  }

  /**
   * The file itself, or of a folder the first file with the ending of a known format, in the order
   * of their names.
   *
   * @throws KindlingException USAGE when there is none
   */
  public static Path first(Path path) {
    try (Stream<Path> files = files(path)) {
      return files
          .filter(file -> byEnding(file).isPresent())
          .sorted()
          .findFirst()
          .orElseThrow(() -> unknown(path));
    }
  }

  private static boolean holdsParquet(Path path) {
    try (Stream<Path> files = files(path)) {
      return files.findFirst().filter(DataFiles::startsAsParquet).isPresent();
    }
  }

  private static KindlingException unknown(Path path) {
    return new KindlingException(
        ErrorCode.USAGE,
        "Cannot tell the format of '%s' by its name (accepted: %s). Other files are read by a view: CREATE TEMPORARY VIEW name USING format OPTIONS (path '…')"
            .formatted(
                path,
                FORMATS.keySet().stream()
                    .sorted()
                    .map(ending -> "." + ending)
                    .collect(Collectors.joining(", "))));
  }

  /** The file itself, or the files of a folder but those that Spark leaves out. */
  private static Stream<Path> files(Path path) {
    if (Files.isRegularFile(path)) {
      return Stream.of(path);
    }
    try {
      return Files.walk(path)
          .filter(Files::isRegularFile)
          .filter(file -> isVisible(path.relativize(file)));
    } catch (IOException e) {
      throw FileErrors.translate(e, "look into", path);
    }
  }

  private static boolean isVisible(Path within) {
    for (Path part : within) {
      if (part.toString().matches("[._].*")) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> byEnding(Path file) {
    String name = file.getFileName().toString();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(FORMATS.get(ending));
  }

  private static boolean startsAsParquet(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(PARQUET_START.length), PARQUET_START);
    } catch (IOException e) {
      throw FileErrors.translate(e, "read", file);
    }
  }
}
