package dev.kindling.bench.data;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * The TPC-H tables as Parquet, one folder per table, made by the public TPC-H generator: the same
 * scale gives the same rows on every machine. A finished folder carries a marker file; a folder
 * without one is never taken for data, so an interrupted generation is simply made again.
 */
public final class TpchData {
  // Part of the marker: a change of layout or types must not meet data of the older layout.
  private static final String LAYOUT = "kindling tpch 1";
  private static final String MARKER = "_KINDLING_TPCH";

  private final Path folder;
  private final double scale;

  private TpchData(Path folder, double scale) {
    this.folder = folder;
    this.scale = scale;
  }

  /** Where {@link #prepare} keeps the data when the user names no folder. */
  public static Path defaultFolder(double scale) {
    return Path.of(
        System.getProperty("user.home"), ".cache", "kindling", "bench", "tpch-sf" + plain(scale));
  }

  /**
   * Finds the data in {@code folder}, or generates it there.
   *
   * @param scale TPC-H's scale factor: 1 is 6 million line items, about 300 MB of Parquet
   * @param talk told in one line each what is being done and how long it took
   * @throws KindlingException when the folder holds something else, or cannot be written
   */
  public static TpchData prepare(Path folder, double scale, Consumer<String> talk) {
    requireNonNull(talk, "talk is null");
    if (!(scale >= 0.001 && scale <= 1000)) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Cannot generate TPC-H data: scale is " + scale + " (accepted: 0.001 to 1000)");
    }
    TpchData data = new TpchData(folder.toAbsolutePath().normalize(), scale);
    try {
      data.prepare(talk);
    } catch (IOException | UncheckedIOException e) {
      throw new KindlingException(
          ErrorCode.FILE_ACCESS,
          "Cannot write TPC-H data to " + data.folder + ": " + e + ". Name another folder: --data",
          e);
    }
    return data;
  }

  public Path folder() {
    return folder;
  }

  public double scale() {
    return scale;
  }

  /** The names of the eight tables; the files of table {@code t} are in {@code folder()/t}. */
  public static List<String> tables() {
    return TpchTable.ALL.stream().map(TpchTable::name).toList();
  }

  /** The columns of {@code lineitem} as Spark's DDL: what a reader of the CSV form declares. */
  public static String lineitemSchema() {
    return TpchTable.LINEITEM.columns().stream()
        .map(column -> column.name() + " " + column.sparkType())
        .collect(Collectors.joining(", "));
  }

  /**
   * Lineitem as CSV files without header, fields parted by {@code |}, and none quoted.
   *
   * @return the folder of the files; made when it is not there yet
   */
  public Path regularCsv(Consumer<String> talk) {
    return csv("lineitem-csv", "", talk);
  }

  /**
   * The rows of {@link #regularCsv} with the comment in quotes, which no reader may take apart
   * without a parser that knows quotes.
   */
  public Path quotedCsv(Consumer<String> talk) {
    return csv("lineitem-csv-quoted", ", FORCE_QUOTE (l_comment)", talk);
  }

  private void prepare(Consumer<String> talk) throws IOException {
    if (Files.isRegularFile(folder.resolve(MARKER))) {
      String found = Files.readString(folder.resolve(MARKER)).strip();
      if (!found.equals(marker())) {
        throw new KindlingException(
            ErrorCode.USAGE,
            "Cannot use "
                + folder
                + ": it holds '"
                + found
                + "', not '"
                + marker()
                + "'. Name another folder, or remove this one");
      }
      return;
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> children = Files.list(folder)) {
        if (children.findAny().isPresent()) {
          throw new KindlingException(
              ErrorCode.USAGE,
              "Cannot generate TPC-H data into "
                  + folder
                  + ": the folder has files but no "
                  + MARKER
                  + ". Name an empty or new folder");
        }
      }
    }
    talk.accept("Generating TPC-H data, scale " + plain(scale) + ", into " + folder);
    long start = System.nanoTime();
    Files.createDirectories(folder.getParent());
    Path staging =
        Files.createTempDirectory(folder.getParent(), "." + folder.getFileName() + ".making-");
    try {
      generate(staging);
      Files.writeString(staging.resolve(MARKER), marker() + "\n");
      publish(staging);
    } finally {
      delete(staging);
    }
    talk.accept("Generated in " + seconds(start) + " s");
  }

  /** Renames the finished folder into place; a second generator that was faster wins. */
  private void publish(Path staging) throws IOException {
    try {
      Files.deleteIfExists(folder);
      Files.move(staging, folder);
    } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
      if (!Files.isRegularFile(folder.resolve(MARKER))) {
        throw e;
      }
    }
  }

  private void generate(Path staging) throws IOException {
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<?>> parts = new ArrayList<>();
      for (TpchTable<?> table : TpchTable.ALL) {
        Files.createDirectories(staging.resolve(table.name()));
        int files = table.files(scale);
        for (int file = 0; file < files; file++) {
          Path target = staging.resolve(table.name()).resolve("part-" + file + ".parquet");
          int part = file + 1;
          parts.add(
              workers.submit(
                  () -> {
                    writePart(table, part, files, target);
                    return null;
                  }));
        }
      }
      for (Future<?> part : parts) {
        part.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("generation failed: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KindlingException(ErrorCode.INTERRUPTED, "Generating TPC-H data was interrupted");
    } finally {
      workers.shutdownNow();
    }
  }

  private void writePart(TpchTable<?> table, int part, int parts, Path target) throws SQLException {
    // A database of its own for each part: the appenders of two threads never wait for each other.
    try (DuckDBConnection duckDb = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute("SET threads = 1");
      statement.execute(
          table.columns().stream()
              .map(column -> column.name() + " " + column.duckDbType())
              .collect(Collectors.joining(", ", "CREATE TABLE part_rows (", ")")));
      try (DuckDBAppender appender = duckDb.createAppender("part_rows")) {
        table.append(appender, scale, part, parts);
      }
      statement.execute(
          "COPY part_rows TO " + literal(target) + " (FORMAT parquet, COMPRESSION snappy)");
    }
  }

  private Path csv(String name, String options, Consumer<String> talk) {
    Path target = folder.resolve(name);
    if (Files.isDirectory(target)) {
      return target;
    }
    talk.accept("Writing " + target);
    long start = System.nanoTime();
    try {
      Path staging = Files.createTempDirectory(folder, "." + name + ".making-");
      try {
        int file = 0;
        for (Path parquet : files(folder.resolve("lineitem"))) {
          try (DuckDBConnection duckDb =
                  (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
              Statement statement = duckDb.createStatement()) {
            statement.execute(
                "COPY (FROM read_parquet("
                    + literal(parquet)
                    + ")) TO "
                    + literal(staging.resolve("part-" + file++ + ".csv"))
                    + " (FORMAT csv, HEADER false, DELIMITER '|'"
                    + options
                    + ")");
          }
        }
        Files.move(staging, target);
      } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
        // A second process made the same files first.
        talk.accept(target + " is already there");
      } finally {
        delete(staging);
      }
    } catch (IOException | SQLException e) {
      throw new KindlingException(
          ErrorCode.FILE_ACCESS, "Cannot write " + target + ": " + e.getMessage(), e);
    }
    talk.accept("Written in " + seconds(start) + " s");
    return target;
  }

  private String marker() {
    return LAYOUT + ", scale " + plain(scale);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }

  private static String literal(Path path) {
    return "'" + path.toString().replace("'", "''") + "'";
  }

  private static String plain(double scale) {
    return scale == Math.rint(scale) ? Long.toString((long) scale) : Double.toString(scale);
  }

  private static String seconds(long startNanos) {
    return String.format("%.1f", (System.nanoTime() - startNanos) / 1e9);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
