package dev.kindling.embedded.read;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The records of a source that were left out because they do not fit its schema, kept in a file
 * until somebody asks for them. Safe for several threads.
 */
final class CsvBadRecords implements AutoCloseable {
  private static final int SHOWN = 200;

  private final Path folder;
  private final List<CsvChunk> chunks;
  private Path file;
  private BufferedWriter writer;
  private long count;
  private long[] firstLines = {};

  /**
   * @param folder where the file may lie
   */
  CsvBadRecords(Path folder, List<CsvChunk> chunks) {
    this.folder = folder;
    this.chunks = List.copyOf(chunks);
  }

  /** The error of a source whose bad records are not accepted. */
  static KindlingException failure(String table, Path file, long line, CsvChunkScanner.Bad bad) {
    String record =
        bad.record().length() <= SHOWN
            ? bad.record()
            : bad.record().substring(0, SHOWN) + "… (" + bad.record().length() + " characters)";
    return new KindlingException(
        ErrorCode.BAD_RECORD,
        "Cannot read table '%s': %s:%d does not fit the schema: %s: %s. Record: %s"
                .formatted(
                    table,
                    file,
                    line,
                    bad.column().isEmpty() ? "fields" : "column " + bad.column(),
                    bad.reason().replaceFirst("\\.$", ""),
                    record)
            + ". Correct the data or the schema, or say 'on_bad_record: quarantine' (keep such"
            + " records aside), 'drop' or 'permissive' (NULL for bad fields).");
  }

  synchronized void add(CsvChunk chunk, List<CsvChunkScanner.Bad> records) {
    try {
      if (writer == null) {
        Files.createDirectories(folder);
        file = Files.createTempFile(folder, "bad-records-", ".csv");
        file.toFile().deleteOnExit();
        writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
      }
      for (CsvChunkScanner.Bad record : records) {
        String column = record.column().isEmpty() ? "" : record.column() + ": ";
        writer.write(
            chunk.index()
                + ","
                + record.line()
                + ","
                + quoted(record.record())
                + ","
                + quoted(column + record.reason())
                + "\n");
      }
      count += records.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  /** Says how many lines each chunk has, from which the places of all records follow. */
  synchronized void lines(long[] lines) {
    firstLines = new long[chunks.size()];
    for (int i = 1; i < lines.length; i++) {
      boolean sameFile = chunks.get(i).file().equals(chunks.get(i - 1).file());
      firstLines[i] = sameFile ? firstLines[i - 1] + lines[i - 1] : 0;
    }
  }

  synchronized long count() {
    return count;
  }

  /** A DuckDB query of the records: file, line, record and reason. */
  synchronized String sql() {
    if (count == 0) {
      return "SELECT CAST(NULL AS VARCHAR), CAST(NULL AS BIGINT), CAST(NULL AS VARCHAR),"
          + " CAST(NULL AS VARCHAR) WHERE false";
    }
    try {
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> files = new ArrayList<>();
    for (CsvChunk chunk : chunks) {
      files.add(text(chunk.file().toString()));
    }
    return """
    SELECT list_extract([%s], chunk + 1), line + list_extract(%s, chunk + 1), record, reason
    FROM read_csv([%s], auto_detect = false, header = false, delim = ',', quote = '"',
      escape = '"', nullstr = ['\\N'], new_line = '\\n', parallel = false,
      max_line_size = 16777216, hive_partitioning = false,
      columns = {'chunk': 'INTEGER', 'line': 'BIGINT', 'record': 'VARCHAR', 'reason': 'VARCHAR'})
    """
        .formatted(
            String.join(", ", files),
            Arrays.stream(firstLines)
                .mapToObj(line -> line + "::BIGINT")
                .collect(Collectors.joining(", ", "[", "]")),
            text(file.toString()));
  }

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  @Override
  public synchronized void close() {
    if (writer != null) {
      try {
        writer.close();
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
