package dev.kindling.bench.data;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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
  private static final int LAYOUT = 1;

  private final DataFolder data;

  private TpchData(DataFolder data) {
    this.data = data;
  }

  /**
   * Finds the data in {@code folder}, or generates it there.
   *
   * @param scale TPC-H's scale factor: 1 is 6 million line items, about 300 MB of Parquet
   * @param talk told in one line each what is being done and how long it took
   * @throws KindlingException when the folder holds something else, or cannot be written
   */
  public static TpchData prepare(Path folder, double scale, Consumer<String> talk) {
    TpchData tpch = new TpchData(new DataFolder("TPC-H", "tpch", LAYOUT, folder, scale));
    tpch.data.prepare(tpch::parts, talk);
    return tpch;
  }

  public Path folder() {
    return data.folder();
  }

  public double scale() {
    return data.scale();
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
    return csv("lineitem-csv", "", "", talk);
  }

  /**
   * The rows of {@link #regularCsv} with the comment in quotes, which no reader may take apart
   * without a parser that knows quotes.
   */
  public Path quotedCsv(Consumer<String> talk) {
    return csv("lineitem-csv-quoted", ", FORCE_QUOTE (l_comment)", "", talk);
  }

  /**
   * The rows of {@link #regularCsv} with an empty line at the end of each file. Spark leaves empty
   * lines out, other readers have rules of their own for them, so such files need Spark's parser;
   * and what makes them need it comes as late as it can.
   */
  public Path csvWithEmptyLines(Consumer<String> talk) {
    return csv("lineitem-csv-empty-lines", "", "\n", talk);
  }

  private List<DataFolder.Part> parts(Path staging) throws IOException {
    List<DataFolder.Part> parts = new ArrayList<>();
    for (TpchTable<?> table : TpchTable.ALL) {
      Files.createDirectories(staging.resolve(table.name()));
      int files = table.files(scale());
      for (int file = 0; file < files; file++) {
        Path target = staging.resolve(table.name()).resolve("part-" + file + ".parquet");
        int part = file + 1;
        parts.add(() -> writePart(table, part, files, target));
      }
    }
    return parts;
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
        table.append(appender, scale(), part, parts);
      }
      statement.execute(
          "COPY part_rows TO "
              + DataFolder.literal(target)
              + " (FORMAT parquet, COMPRESSION snappy)");
    }
  }

  private Path csv(String name, String options, String tail, Consumer<String> talk) {
    Path target = folder().resolve(name);
    if (Files.isDirectory(target)) {
      return target;
    }
    talk.accept("Writing " + target);
    long start = System.nanoTime();
    try {
      Path staging = Files.createTempDirectory(folder(), "." + name + ".making-");
      try {
        int files = 0;
        for (Path parquet : files(folder().resolve("lineitem"))) {
          Path file = staging.resolve("part-" + files++ + ".csv");
          try (DuckDBConnection duckDb =
                  (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
              Statement statement = duckDb.createStatement()) {
            statement.execute(
                "COPY (FROM read_parquet("
                    + DataFolder.literal(parquet)
                    + ")) TO "
                    + DataFolder.literal(file)
                    + " (FORMAT csv, HEADER false, DELIMITER '|'"
                    + options
                    + ")");
          }
          Files.writeString(file, tail, StandardOpenOption.APPEND);
        }
        Files.move(staging, target);
      } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
        // A second process made the same files first.
        talk.accept(target + " is already there");
      } finally {
        DataFolder.delete(staging);
      }
    } catch (IOException | SQLException e) {
      throw new KindlingException(
          ErrorCode.FILE_ACCESS, "Cannot write " + target + ": " + e.getMessage(), e);
    }
    talk.accept("Written in " + DataFolder.seconds(start) + " s");
    return target;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }
}
