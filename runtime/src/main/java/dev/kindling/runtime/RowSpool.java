package dev.kindling.runtime;

import dev.kindling.storage.FileErrors;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the rows of a statement until it can no longer fail: the first ones in memory, the rest in
 * a file.
 *
 * <p>A query may raise an error at its last row, and then Spark decides what the result is. Rows
 * that were printed before could not be taken back, and printing Spark's rows after them would show
 * some twice. So nothing is printed before the last row is here. Small results, the usual case,
 * never touch the disk.
 */
public final class RowSpool implements Rows, AutoCloseable {
  // In characters; about 8 MB of heap, far below what a small Java heap can give.
  static final long MEMORY = 4L << 20;
  private static final int NULL = -1;

  private final Path folder;
  private final long memory;
  private final int columns;
  private final List<String[]> kept = new ArrayList<>();
  private long keptSize;
  private long count;
  private Optional<Path> file = Optional.empty();
  private Optional<DataOutputStream> overflow = Optional.empty();

  /**
   * @param folder where a file may be made, when it is needed
   * @param columns the number of cells of each row
   */
  public RowSpool(Path folder, int columns) {
    this(folder, columns, MEMORY);
  }

  RowSpool(Path folder, int columns, long memory) {
    this.folder = folder;
    this.columns = columns;
    this.memory = memory;
  }

  /**
   * Adds a row.
   *
   * @param cells one per column; a null stands for SQL's NULL and is never handed out
   */
  public void add(String[] cells) {
    count++;
    if (overflow.isEmpty() && keptSize < memory) {
      kept.add(cells);
      for (String cell : cells) {
        keptSize += 16 + (cell == null ? 0 : cell.length());
      }
      return;
    }
    try {
      DataOutputStream out = overflow.isPresent() ? overflow.get() : open();
      for (String cell : cells) {
        if (cell == null) {
          out.writeInt(NULL);
        } else {
          byte[] bytes = cell.getBytes(StandardCharsets.UTF_8);
          out.writeInt(bytes.length);
          out.write(bytes);
        }
      }
    } catch (IOException e) {
      throw FileErrors.translate(e, "keep the rows of a result", folder);
    }
  }

  private DataOutputStream open() throws IOException {
    Files.createDirectories(folder);
    Path path = Files.createTempFile(folder, "rows-", ".spool");
    file = Optional.of(path);
    DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path), 1 << 16));
    overflow = Optional.of(out);
    return out;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public void forEach(Reader reader) {
    Cells row = new Cells();
    for (String[] cells : kept) {
      row.cells = cells;
      reader.row(row);
    }
    if (file.isEmpty()) {
      return;
    }
    try {
      overflow.get().flush();
      try (DataInputStream in =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(file.get()), 1 << 16))) {
        for (long i = kept.size(); i < count; i++) {
          row.cells = read(in);
          reader.row(row);
        }
      }
    } catch (IOException e) {
      throw FileErrors.translate(e, "read back the rows of a result", folder);
    }
  }

  private String[] read(DataInputStream in) throws IOException {
    String[] cells = new String[columns];
    for (int c = 0; c < columns; c++) {
      int length = in.readInt();
      if (length != NULL) {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
          throw new EOFException("The file of kept rows is too short");
        }
        cells[c] = new String(bytes, StandardCharsets.UTF_8);
      }
    }
    return cells;
  }

  @Override
  public void close() {
    try {
      if (overflow.isPresent()) {
        overflow.get().close();
      }
      if (file.isPresent()) {
        Files.deleteIfExists(file.get());
      }
    } catch (IOException e) {
      throw FileErrors.translate(e, "delete the kept rows of a result", folder);
    }
  }

  private static final class Cells implements Row {
    private String[] cells = {};

    @Override
    public boolean isNull(int column) {
      return cells[column] == null;
    }

    @Override
    public String text(int column) {
      return cells[column];
    }
  }
}
