package dev.kindling.embedded.read;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import scala.Function1;

/**
 * Looks at every byte of chunks, one after another. A chunk is regular when no two CSV parsers can
 * disagree on where its records and fields begin and end. Used by one thread.
 */
final class CsvChunkScanner {
  private static final int BUFFER = 1 << 20;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EACH_BYTE = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private static final byte PLAIN = 0;
  private static final byte END = 1;
  private static final byte SPECIAL = 2;
  private static final byte HIGH = 3;

  /** The file needs a parser. */
  static final class Irregular extends Exception {
    private static final long serialVersionUID = 1L;

    Irregular(String why) {
      super(why, null, false, false);
    }
  }

  /**
   * A record that does not fit the schema.
   *
   * @param line its line in the chunk, from 1
   * @param column the first column that does not fit
   */
  record Bad(long line, String record, String column, String reason) {}

  private final CsvSettings.Layout layout;
  private final byte[] nullValue;
  private final FieldShape[] shapes;
  private final List<Function1<String, Object>> converters;
  private final String[] names;
  private final boolean stopAtBad;
  private final byte[] kinds = new byte[256];
  // Behind the last line end there is room to read a whole word.
  private final byte[] buffer = new byte[BUFFER + 1 + Long.BYTES];
  private final long delimiters;
  private final long quoteMarks;
  private final boolean plainSyntax;

  // What the scanner has seen so far, over all chunks.
  private final boolean[] odd;
  private final boolean[] bad;
  private boolean quotes;
  private boolean lineFeeds;
  private boolean carriageReturns;

  // What it has seen in the chunk.
  private long line;
  private long rows;
  private boolean done;
  private List<Bad> badRecords = new ArrayList<>();
  private int madeUpEnd;

  /**
   * @param converters Spark's converters of all columns; empty when it does not matter now whether
   *     a record is bad
   */
  CsvChunkScanner(
      CsvSettings.Layout layout,
      List<FieldShape> shapes,
      List<Function1<String, Object>> converters,
      String[] names,
      boolean stopAtBad) {
    this.layout = layout;
    this.nullValue = layout.nullValue().getBytes(StandardCharsets.US_ASCII);
    this.shapes = shapes.toArray(FieldShape[]::new);
    this.converters = converters;
    this.names = names;
    this.stopAtBad = stopAtBad;
    odd = new boolean[this.shapes.length];
    bad = new boolean[this.shapes.length];
    for (int i = 0x80; i < 256; i++) {
      kinds[i] = HIGH;
    }
    kinds[0] = SPECIAL;
    kinds['\r'] = END;
    kinds['\n'] = END;
    kinds[layout.delimiter()] = END;
    if (layout.quote() != 0) {
      kinds[layout.quote()] = SPECIAL;
    }
    delimiters = EACH_BYTE * layout.delimiter();
    quoteMarks = EACH_BYTE * layout.quote();
    plainSyntax = !isPartOfValues(layout.delimiter()) && !isPartOfValues(layout.quote());
  }

  /** Whether numbers, dates, times and booleans are written with a character. */
  private static boolean isPartOfValues(int character) {
    return Character.isLetterOrDigit(character) || "-.: ".indexOf(character) >= 0;
  }

  /** Columns with a text that DuckDB may read otherwise than Spark. */
  boolean[] odd() {
    return odd;
  }

  /** Columns with a text that does not fit. */
  boolean[] bad() {
    return bad;
  }

  boolean quotes() {
    return quotes;
  }

  boolean lineFeeds() {
    return lineFeeds;
  }

  boolean carriageReturns() {
    return carriageReturns;
  }

  /** Lines of the chunk, the header included. */
  long lines() {
    return line;
  }

  /** Records of the chunk. */
  long rows() {
    return rows;
  }

  List<Bad> badRecords() {
    return badRecords;
  }

  void scan(CsvChunk chunk) throws IOException, Irregular {
    line = 0;
    rows = 0;
    done = false;
    badRecords = new ArrayList<>();
    if (chunk.isCompressed()) {
      try (InputStream in =
          new GZIPInputStream(
              new BufferedInputStream(java.nio.file.Files.newInputStream(chunk.file()), 1 << 16),
              1 << 16)) {
        scan(chunk, in, 0);
      }
      return;
    }
    // One byte before the range tells whether a line begins exactly with the range.
    long position = Math.max(0, chunk.start() - 1);
    try (FileChannel channel = FileChannel.open(chunk.file(), StandardOpenOption.READ)) {
      channel.position(position);
      scan(chunk, Channels.newInputStream(channel), position);
    }
  }

  private void scan(CsvChunk chunk, InputStream in, long position) throws IOException, Irregular {
    long base = position;
    int filled = 0;
    boolean searching = !chunk.isFirst();
    boolean atStart = chunk.isFirst();
    boolean atEnd = false;
    while (!done && !atEnd) {
      int read = in.readNBytes(buffer, filled, BUFFER - filled);
      filled += read;
      atEnd = filled < BUFFER;
      if (filled == 0) {
        return;
      }
      int from = 0;
      if (searching) {
        from = behindNewline(filled);
        if (from < 0) {
          if (base + filled >= chunk.end() || atEnd) {
            return;
          }
          base += filled;
          filled = 0;
          continue;
        }
        searching = false;
      }
      madeUpEnd = -1;
      if (atEnd && buffer[filled - 1] != '\n') {
        madeUpEnd = filled;
        buffer[filled++] = '\n';
      }
      int to = lastNewline(filled) + 1;
      if (to <= from && base + from < chunk.end() && filled > from) {
        throw new Irregular("it has a line longer than a megabyte");
      }
      if (atStart) {
        atStart = false;
        if (to >= 3
            && buffer[0] == (byte) 0xEF
            && buffer[1] == (byte) 0xBB
            && buffer[2] == (byte) 0xBF) {
          if (chunk.isCompressed()) {
            throw new Irregular("it begins with a byte order mark");
          }
          from = 3;
        }
        if (layout.header() && from < to) {
          from = header(from);
        }
      }
      lines(from, to, chunk.end() - base);
      System.arraycopy(buffer, to, buffer, 0, filled - to);
      base += to;
      filled -= to;
      done |= base >= chunk.end();
    }
  }

  private int behindNewline(int filled) {
    for (int i = 0; i < filled; i++) {
      if (buffer[i] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private int lastNewline(int filled) {
    for (int i = filled - 1; i >= 0; i--) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void lines(int from, int to, long limit) throws Irregular {
    int at = from;
    while (at < to) {
      if (at >= limit) {
        done = true;
        return;
      }
      at = record(at, to);
      if (stopAtBad && !badRecords.isEmpty()) {
        done = true;
        return;
      }
    }
  }

  private int header(int start) throws Irregular {
    line++;
    checkBegin(start);
    int at = start;
    while (true) {
      at = fieldEnd(at);
      if (buffer[at] != layout.delimiter()) {
        return behindLine(at);
      }
      at++;
    }
  }

  private int record(int start, int limit) throws Irregular {
    line++;
    rows++;
    checkBegin(start);
    int at = start;
    int last = shapes.length - 1;
    String badColumn = null;
    String reason = "";
    for (int column = 0; ; column++) {
      int from = at;
      at = plainSyntax ? shapes[column].end(buffer, from, limit) : -1;
      if (at < 0 || kinds[buffer[at] & 0xFF] != END) {
        at = fieldEnd(from);
        String why = check(column, from, at);
        if (why != null && badColumn == null) {
          badColumn = names[column];
          reason = why;
        }
      }
      boolean more = buffer[at] == layout.delimiter();
      if (more != column < last) {
        throw new Irregular("not all of its records have %d fields".formatted(last + 1));
      }
      if (!more) {
        if (badColumn != null) {
          badRecords.add(
              new Bad(
                  line,
                  new String(buffer, start, at - start, StandardCharsets.UTF_8),
                  badColumn,
                  reason));
        }
        return behindLine(at);
      }
      at++;
    }
  }

  /** Looks at the text of a field; says why its record is bad, or null when it is not. */
  private String check(int column, int begin, int end) throws Irregular {
    int from = begin;
    int to = end;
    if (buffer[from] == layout.quote() && layout.quote() != 0) {
      from++;
      to--;
      if (from == to && !layout.emptyIsNull()) {
        throw new Irregular("it has an empty text in quotes, in line " + line + " of a part");
      }
    }
    if (from == to || shapes[column].matches(buffer, from, to) || isNull(from, to)) {
      return null;
    }
    odd[column] = true;
    if (converters.isEmpty()) {
      return null;
    }
    String why = whyBad(column, from, to);
    bad[column] |= why != null;
    return why;
  }

  private String whyBad(int column, int from, int to) {
    try {
      converters.get(column).apply(new String(buffer, from, to - from, StandardCharsets.UTF_8));
      return null;
    } catch (Exception e) {
      // Scala's code throws checked exceptions without a word.
      return CsvReasons.of(e);
    }
  }

  private boolean isNull(int from, int to) {
    if (to - from != nullValue.length) {
      return false;
    }
    for (int i = 0; i < nullValue.length; i++) {
      if (buffer[from + i] != nullValue[i]) {
        return false;
      }
    }
    return true;
  }

  /** Spark leaves out lines of nothing but spaces and control characters, and comments. */
  private void checkBegin(int start) throws Irregular {
    byte first = buffer[start];
    if (first == layout.comment() && first != 0) {
      throw new Irregular("it has comments");
    }
    if (first > ' ' || first < 0) {
      return;
    }
    for (int i = start; buffer[i] != '\n'; i++) {
      if (buffer[i] > ' ' || buffer[i] < 0) {
        return;
      }
    }
    throw new Irregular("it has blank lines");
  }

  /** The place of the delimiter or line end behind the field that begins at {@code start}. */
  private int fieldEnd(int start) throws Irregular {
    int at = start;
    if (buffer[at] == layout.quote() && layout.quote() != 0) {
      return behindQuotes(at);
    }
    while (true) {
      at = behindPlainText(at);
      switch (kinds[buffer[at] & 0xFF]) {
        case PLAIN -> at++;
        case HIGH -> at = behindCharacter(at);
        case END -> {
          return at;
        }
        default -> throw irregularCharacter(at);
      }
    }
  }

  /**
   * The place of the first character from {@code start} on that may mean something: a delimiter, a
   * quote, a control character up to the carriage return, or one beyond ASCII. Looks at eight bytes
   * at a time: https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord. A line ends before
   * the buffer does, so there always is one.
   */
  private int behindPlainText(int start) {
    for (int at = start; ; at += Long.BYTES) {
      long word = (long) WORD.get(buffer, at);
      long found =
          word & HIGH_BITS
              | zeros(word ^ delimiters)
              | zeros(word ^ quoteMarks)
              | (word - EACH_BYTE * ('\r' + 1)) & ~word & HIGH_BITS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
  }

  /** Marks the lowest byte that is zero; bytes above it may be marked without being zero. */
  private static long zeros(long word) {
    return (word - EACH_BYTE) & ~word & HIGH_BITS;
  }

  private int behindQuotes(int start) throws Irregular {
    quotes = true;
    int at = start + 1;
    while (buffer[at] != layout.quote()) {
      byte b = buffer[at];
      if (b == '\n' || b == '\r' || b == 0) {
        throw new Irregular("it has a quote that its line does not close");
      }
      if (b == layout.escape()) {
        throw new Irregular("it has escapes in quotes");
      }
      at = b < 0 ? behindCharacter(at) : at + 1;
    }
    at++;
    if (kinds[buffer[at] & 0xFF] != END) {
      throw new Irregular("it has text behind a closing quote");
    }
    return at;
  }

  private Irregular irregularCharacter(int at) {
    return new Irregular(buffer[at] == 0 ? "it has NUL characters" : "it has quotes within fields");
  }

  /** The begin of the next line, given where this one's text ends. */
  private int behindLine(int at) throws Irregular {
    if (buffer[at] == '\n') {
      // A line end that is only made up says nothing about the file.
      lineFeeds |= at != madeUpEnd;
      return at + 1;
    }
    if (buffer[at] == '\r' && buffer[at + 1] == '\n' && at + 1 != madeUpEnd) {
      carriageReturns = true;
      return at + 2;
    }
    throw new Irregular("it has carriage returns within lines");
  }

  /** Checks one character beyond ASCII: Java's decoder must take it as it is. */
  private int behindCharacter(int at) throws Irregular {
    int first = buffer[at] & 0xFF;
    int second = buffer[at + 1] & 0xFF;
    int length;
    boolean valid;
    if (first >= 0xC2 && first <= 0xDF) {
      length = 2;
      valid = true;
    } else if (first >= 0xE0 && first <= 0xEF) {
      length = 3;
      valid = (first != 0xE0 || second >= 0xA0) && (first != 0xED || second <= 0x9F);
    } else if (first >= 0xF0 && first <= 0xF4) {
      length = 4;
      valid = (first != 0xF0 || second >= 0x90) && (first != 0xF4 || second <= 0x8F);
    } else {
      length = 1;
      valid = false;
    }
    for (int i = 1; valid && i < length; i++) {
      // The line's end stops this before the buffer's.
      valid = (buffer[at + i] & 0xC0) == 0x80;
    }
    if (!valid) {
      throw new Irregular("it is not valid UTF-8");
    }
    return at + length;
  }
}
