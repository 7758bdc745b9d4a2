package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Comparator;

/**
 * A place in a file.
 *
 * @param file the file as the user named it
 * @param line counted from 1
 * @param column in code points, counted from 1
 */
public record Position(Path file, int line, int column) implements Comparable<Position> {
  private static final Comparator<Position> ORDER =
      Comparator.comparing(Position::file)
          .thenComparingInt(Position::line)
          .thenComparingInt(Position::column);

  public Position {
    requireNonNull(file, "file is null");
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException(
          "A position counts from 1, found line " + line + ", column " + column);
    }
  }

  /** The first character of a file. */
  public static Position startOf(Path file) {
    return new Position(file, 1, 1);
  }

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  /** {@code file:line:column}, which terminals and editors turn into a link. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
