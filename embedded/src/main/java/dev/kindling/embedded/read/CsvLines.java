package dev.kindling.embedded.read;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;
import scala.collection.AbstractIterator;

/**
 * The lines that begin in a chunk, as Spark cuts files into lines: at line feeds, carriage returns
 * or both together, if no other separator is set; without a byte order mark.
 */
final class CsvLines extends AbstractIterator<String> implements AutoCloseable {
  private static final int BUFFER = 1 << 20;

  private final InputStream in;
  private final long limit;
  private final byte[] separator;
  private final Charset charset;

  private byte[] buffer = new byte[BUFFER];
  private int from;
  private int filled;
  private long base;
  private boolean atEnd;

  private boolean looked;
  private boolean found;
  private int lineFrom;
  private int lineTo;
  private long lines;

  /**
   * @param separator what ends lines; empty for line feeds and carriage returns
   */
  CsvLines(CsvChunk chunk, byte[] separator, Charset charset) throws IOException {
    this.separator = separator;
    this.charset = charset;
    limit = chunk.end();
    in = open(chunk);
    if (chunk.isFirst()) {
      fill(3);
      if (filled >= 3
          && buffer[0] == (byte) 0xEF
          && buffer[1] == (byte) 0xBB
          && buffer[2] == (byte) 0xBF) {
        from = 3;
      }
    } else {
      base = chunk.start() - 1;
      findLine();
    }
  }

  /** All bytes of a chunk's file from the place on where its lines are looked for. */
  static InputStream open(CsvChunk chunk) throws IOException {
    if (chunk.isCompressed()) {
      return new GZIPInputStream(
          new BufferedInputStream(Files.newInputStream(chunk.file()), 1 << 16), 1 << 16);
    }
    FileChannel channel = FileChannel.open(chunk.file(), StandardOpenOption.READ);
    channel.position(Math.max(0, chunk.start() - 1));
    return Channels.newInputStream(channel);
  }

  /** How many lines were given so far. */
  long lines() {
    return lines;
  }

  @Override
  public boolean hasNext() {
    if (!looked) {
      try {
        found = base + from < limit && findLine();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      looked = true;
    }
    return found;
  }

  @Override
  public String next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    looked = false;
    lines++;
    return new String(buffer, lineFrom, lineTo - lineFrom, charset);
  }

  /** Finds the line at {@code from} and moves behind it; false when there is none. */
  private boolean findLine() throws IOException {
    // What is known to hold no end, counted from the line's begin: reading on moves the line.
    int known = 0;
    while (true) {
      int at = from + known;
      while (at < filled && !mayEnd(buffer[at])) {
        at++;
      }
      known = at - from;
      if (at == filled) {
        if (more()) {
          continue;
        }
        lineFrom = from;
        lineTo = filled;
        from = filled;
        return known > 0;
      }
      int length = endLength(known);
      if (length > 0) {
        lineFrom = from;
        lineTo = from + known;
        from = lineTo + length;
        return true;
      }
      known++;
    }
  }

  private boolean mayEnd(byte b) {
    return separator.length == 0 ? b == '\n' || b == '\r' : b == separator[0];
  }

  /** The length of the line end at an offset from the line's begin; 0 when it is none. */
  private int endLength(int offset) throws IOException {
    if (separator.length == 0) {
      if (buffer[from + offset] == '\n') {
        return 1;
      }
      boolean known = from + offset + 1 < filled || more();
      return known && buffer[from + offset + 1] == '\n' ? 2 : 1;
    }
    while (from + offset + separator.length > filled) {
      if (!more()) {
        return 0;
      }
    }
    int at = from + offset;
    return Arrays.equals(buffer, at, at + separator.length, separator, 0, separator.length)
        ? separator.length
        : 0;
  }

  /** Reads on, and moves the line at {@code from} to the buffer's begin; false at the end. */
  private boolean more() throws IOException {
    if (atEnd) {
      return false;
    }
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, filled - from);
      base += from;
      filled -= from;
      from = 0;
    }
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int before = filled;
    fill(1);
    return filled > before;
  }

  private void fill(int least) throws IOException {
    int wanted = filled + least;
    while (filled < wanted && !atEnd) {
      int read = in.read(buffer, filled, buffer.length - filled);
      if (read < 0) {
        atEnd = true;
      } else {
        filled += read;
      }
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
