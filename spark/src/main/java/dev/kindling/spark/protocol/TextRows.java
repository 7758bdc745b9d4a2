package dev.kindling.spark.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The rows of an {@link Output.Text} file, one after the other. */
public final class TextRows implements Iterator<List<Optional<String>>>, Closeable {
  private final BufferedReader lines;
  private Optional<String> next;

  private TextRows(BufferedReader lines) throws IOException {
    this.lines = lines;
    this.next = Optional.ofNullable(lines.readLine());
  }

  /**
   * Opens the file.
   *
   * @throws IOException if it cannot be read
   */
  public static TextRows open(Path file) throws IOException {
    return new TextRows(Files.newBufferedReader(file, UTF_8));
  }

  @Override
  public boolean hasNext() {
    return next.isPresent();
  }

  /** The cells of the next row; SQL NULL is empty, and is printed as {@code NULL}. */
  @Override
  public List<Optional<String>> next() {
    try {
      String line = next.orElseThrow(NoSuchElementException::new);
      next = Optional.ofNullable(lines.readLine());
      List<Optional<String>> cells = new ArrayList<>();
      for (JsonNode cell : Wire.mapper().readTree(line)) {
        cells.add(Optional.ofNullable(cell.textValue()));
      }
      return cells;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
