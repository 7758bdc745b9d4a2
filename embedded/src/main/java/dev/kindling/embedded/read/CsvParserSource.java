package dev.kindling.embedded.read;

import com.univocity.parsers.csv.CsvParser;
import dev.kindling.embedded.run.RowSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkUpgradeException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.csv.CSVExprUtils;
import org.apache.spark.sql.catalyst.csv.CSVHeaderChecker;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.catalyst.csv.UnivocityParser;
import org.apache.spark.sql.catalyst.util.BadRecordException;
import org.apache.spark.sql.catalyst.util.LazyBadRecordCauseWrapper;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.Iterator;

/**
 * CSV files read by Spark's own parser in this process, chunk by chunk on several threads.
 *
 * <p>Where bad fields become NULL, only the columns that a query needs are parsed, as Spark does
 * it. Otherwise all columns are, so that it does not depend on the query which records are bad.
 */
final class CsvParserSource implements RowSource {
  private final String table;
  private final CsvSettings settings;
  private final List<CsvChunk> chunks;
  private final CsvBadRecords badRecords;
  private final long[] lines;

  /**
   * @param badRecords takes the bad records, when they are to be kept
   */
  CsvParserSource(
      String table, CsvSettings settings, List<CsvChunk> chunks, CsvBadRecords badRecords) {
    this.table = table;
    this.settings = settings;
    this.chunks = chunks;
    this.badRecords = badRecords;
    lines = new long[chunks.size()];
  }

  @Override
  public List<DataType> types() {
    return Arrays.stream(settings.schema().fields()).map(StructField::dataType).toList();
  }

  @Override
  public int parts() {
    return chunks.size();
  }

  /** How many lines each chunk has; complete once all rows are read. */
  long[] lines() {
    return lines;
  }

  @Override
  public Scan scan(int[] columns) {
    AtomicInteger next = new AtomicInteger();
    CSVOptions options = settings.options();
    return () -> new ChunkReader(columns, options, next);
  }

  private final class ChunkReader implements Reader {
    private final CSVOptions options;
    private final AtomicInteger next;
    private final StructType required;
    private final UnivocityParser parser;
    private final Ordered row;
    private final UnivocityParser[] singles;
    private Rows current;

    ChunkReader(int[] columns, CSVOptions options, AtomicInteger next) {
      this.options = options;
      this.next = next;
      singles = new UnivocityParser[settings.schema().length()];
      boolean lenient = settings.mode() == CsvSettings.Mode.PERMISSIVE;
      // Spark keeps the order of the schema in what it asks its parser for.
      int[] parsed =
          lenient
              ? Arrays.stream(columns).sorted().distinct().toArray()
              : java.util.stream.IntStream.range(0, settings.schema().length()).toArray();
      StructType some = new StructType();
      for (int column : parsed) {
        some = some.add(settings.schema().fields()[column]);
      }
      required = some;
      parser = settings.within(() -> new UnivocityParser(settings.schema(), required, options));
      row = new Ordered(Arrays.stream(columns).map(c -> Arrays.binarySearch(parsed, c)).toArray());
    }

    @Override
    public InternalRow next() throws Exception {
      while (true) {
        if (current == null) {
          int i = next.getAndIncrement();
          if (i >= chunks.size()) {
            return null;
          }
          current = open(chunks.get(i));
        }
        InternalRow values = current.next();
        if (values != null) {
          return row.over(values);
        }
        current.close();
        current = null;
      }
    }

    private Rows open(CsvChunk chunk) {
      try {
        CSVHeaderChecker header =
            new CSVHeaderChecker(required, options, "CSV file: " + chunk.file(), chunk.isFirst());
        if (settings.mode() == CsvSettings.Mode.PERMISSIVE) {
          return options.multiLine()
              ? new SparkRows(stream(chunk), header)
              : new SparkRows(lines(chunk, options), header);
        }
        return options.multiLine() ? new StreamRows(chunk) : new LineRows(chunk);
      } catch (IOException e) {
        throw CsvChunk.unreadable(table, chunk.file(), e);
      }
    }

    @Override
    public void close() throws Exception {
      if (current != null) {
        current.close();
      }
    }

    /** Finds the column that is to blame by asking each column's converter alone. */
    private CsvChunkScanner.Bad describe(long line, String record, Throwable cause) {
      if (cause instanceof LazyBadRecordCauseWrapper) {
        return new CsvChunkScanner.Bad(
            line, record, "", "it does not have %d fields".formatted(settings.schema().length()));
      }
      StructField[] fields = settings.schema().fields();
      for (int i = 0; i < fields.length; i++) {
        StructField field = fields[i];
        try {
          single(i).parse().apply(record);
        } catch (Exception e) {
          Throwable own = e instanceof BadRecordException ? e.getCause() : e;
          return new CsvChunkScanner.Bad(line, record, field.name(), message(own));
        }
      }
      return new CsvChunkScanner.Bad(line, record, "", message(cause));
    }

    private UnivocityParser single(int column) {
      if (singles[column] == null) {
        StructType one = new StructType().add(settings.schema().fields()[column]);
        singles[column] =
            settings.within(() -> new UnivocityParser(settings.schema(), one, options));
      }
      return singles[column];
    }

    /** The rows of a chunk. */
    private abstract class Rows implements AutoCloseable {
      abstract InternalRow next();
    }

    /** Rows with NULL in the place of bad fields: Spark's own loop over a chunk. */
    private final class SparkRows extends Rows {
      private final AutoCloseable input;
      private final Iterator<InternalRow> rows;

      SparkRows(CsvLines lines, CSVHeaderChecker header) {
        input = lines;
        rows = UnivocityParser.parseIterator(lines, parser, header, required);
      }

      SparkRows(InputStream stream, CSVHeaderChecker header) {
        input = stream;
        rows = UnivocityParser.parseStream(stream, parser, header, required);
      }

      @Override
      InternalRow next() {
        return rows.hasNext() ? rows.next() : null;
      }

      @Override
      public void close() throws Exception {
        input.close();
      }
    }

    /** Good records only; the others are handed over one by one. */
    private abstract class StrictRows extends Rows {
      private final CsvChunk chunk;
      private final List<CsvChunkScanner.Bad> found = new ArrayList<>();

      StrictRows(CsvChunk chunk) {
        this.chunk = chunk;
      }

      void bad(long line, String record, Exception e) {
        Throwable cause = e instanceof BadRecordException ? e.getCause() : e;
        if (cause instanceof SparkUpgradeException upgrade) {
          throw upgrade;
        }
        CsvChunkScanner.Bad bad = describe(line, record, cause);
        switch (settings.mode()) {
          case FAIL ->
              throw CsvBadRecords.failure(
                  table, chunk.file(), CsvParserSource.linesBefore(chunk, options) + line, bad);
          case QUARANTINE -> found.add(bad);
          default -> {}
        }
      }

      void finish(long lineCount) {
        lines[chunk.index()] = lineCount;
        if (!found.isEmpty()) {
          badRecords.add(chunk, found);
        }
      }
    }

    private final class LineRows extends StrictRows {
      private final CsvLines lines;
      private final String comment;

      LineRows(CsvChunk chunk) throws IOException {
        super(chunk);
        lines = CsvParserSource.lines(chunk, options);
        comment = options.isCommentSet() ? Character.toString(options.comment()) : "";
        if (chunk.isFirst() && options.headerFlag()) {
          Option<String> header = CSVExprUtils.extractHeader(lines, options);
          header.foreach(text -> text);
        }
      }

      @Override
      InternalRow next() {
        while (lines.hasNext()) {
          String line = lines.next();
          if (line.trim().isEmpty() || (!comment.isEmpty() && line.startsWith(comment))) {
            continue;
          }
          try {
            Option<InternalRow> values = parser.parse().apply(line);
            if (values.isDefined()) {
              return values.get();
            }
          } catch (Exception e) {
            bad(lines.lines(), line, e);
          }
        }
        finish(lines.lines());
        return null;
      }

      @Override
      public void close() {
        lines.close();
      }
    }

    private final class StreamRows extends StrictRows {
      private final InputStream stream;
      private final CsvParser tokenizer = parser.tokenizer();

      StreamRows(CsvChunk chunk) throws IOException {
        super(chunk);
        stream = stream(chunk);
        tokenizer.beginParsing(stream, options.charset());
        if (options.headerFlag()) {
          tokenizer.parseNext();
        }
      }

      @Override
      InternalRow next() {
        while (true) {
          long line = tokenizer.getContext().currentLine() + 1;
          String[] tokens = tokenizer.parseNext();
          if (tokens == null) {
            finish(line);
            return null;
          }
          String record =
              String.valueOf(tokenizer.getContext().currentParsedContent()).stripTrailing();
          try {
            Option<InternalRow> values =
                parser.org$apache$spark$sql$catalyst$csv$UnivocityParser$$convert(tokens);
            if (values.isDefined()) {
              return values.get();
            }
          } catch (Exception e) {
            bad(line, record, e);
          }
        }
      }

      @Override
      public void close() throws IOException {
        stream.close();
      }
    }
  }

  private static InputStream stream(CsvChunk chunk) throws IOException {
    return CsvLines.open(chunk);
  }

  private static CsvLines lines(CsvChunk chunk, CSVOptions options) throws IOException {
    byte[] separator =
        options.lineSeparatorInRead().isDefined()
            ? options.lineSeparatorInRead().get()
            : new byte[0];
    return new CsvLines(chunk, separator, Charset.forName(options.charset()));
  }

  private static long linesBefore(CsvChunk chunk, CSVOptions options) {
    if (chunk.isFirst()) {
      return 0;
    }
    try (CsvLines lines = lines(new CsvChunk(0, chunk.file(), 0, chunk.start()), options)) {
      while (lines.hasNext()) {
        lines.next();
      }
      return lines.lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String message(Throwable cause) {
    return cause instanceof Exception e ? CsvReasons.of(e) : String.valueOf(cause.getMessage());
  }

  /** Some of a row's values, in another order. */
  private static final class Ordered {
    private final int[] places;
    private final boolean same;
    private final org.apache.spark.sql.catalyst.expressions.GenericInternalRow row;

    Ordered(int[] places) {
      this.places = places;
      boolean identity = true;
      for (int i = 0; i < places.length; i++) {
        identity &= places[i] == i;
      }
      same = identity;
      row = new org.apache.spark.sql.catalyst.expressions.GenericInternalRow(places.length);
    }

    InternalRow over(InternalRow values) {
      if (same) {
        return values;
      }
      for (int i = 0; i < places.length; i++) {
        row.update(i, values.get(places[i], null));
      }
      return row;
    }
  }
}
