package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Where each character of an SQL text stands in the user's file, so that an error of Spark's parser
 * is shown where the user can mend it. A YAML scalar is indented, folded or escaped: its lines and
 * columns differ from those of the text that it stands for.
 */
public final class SqlSource {
  private final Path file;
  // For each code point of the text and for its end: the line and the column in the file.
  private final int[] lines;
  private final int[] columns;
  // For each line of the text: the index of its first code point.
  private final int[] lineStarts;

  private SqlSource(Path file, int[] lines, int[] columns, int[] lineStarts) {
    this.file = file;
    this.lines = lines;
    this.columns = columns;
    this.lineStarts = lineStarts;
  }

  /** An SQL text that is a whole file. */
  public static SqlSource ofFile(Path file, String sql) {
    return ofText(Position.startOf(file), sql);
  }

  /** An SQL text that stands in a file, unchanged, from a place on. */
  public static SqlSource ofText(Position start, String sql) {
    int[] codePoints = sql.codePoints().toArray();
    int[] lines = new int[codePoints.length + 1];
    int[] columns = new int[codePoints.length + 1];
    int line = start.line();
    int column = start.column();
    for (int i = 0; i < codePoints.length; i++) {
      lines[i] = line;
      columns[i] = column++;
      if (codePoints[i] == '\n') {
        line++;
        column = 1;
      }
    }
    lines[codePoints.length] = line;
    columns[codePoints.length] = column;
    return mapped(start.file(), codePoints, lines, columns);
  }

  /**
   * An SQL text with the place of each code point, and of the text's end, in the file: both arrays
   * are one longer than the text.
   */
  static SqlSource mapped(Path file, int[] sql, int[] lines, int[] columns) {
    requireNonNull(file, "file is null");
    if (lines.length != sql.length + 1 || columns.length != sql.length + 1) {
      throw new IllegalArgumentException("A place for each code point and for the end is needed");
    }
    int count = 1;
    for (int c : sql) {
      count += c == '\n' ? 1 : 0;
    }
    int[] lineStarts = new int[count];
    int next = 1;
    for (int i = 0; i < sql.length; i++) {
      if (sql[i] == '\n') {
        lineStarts[next++] = i + 1;
      }
    }
    return new SqlSource(file, lines, columns, lineStarts);
  }

  /** The file that holds the text: the pipeline file, or the file named by {@code sql_file}. */
  public Path file() {
    return file;
  }

  /** The place of the first character. */
  public Position start() {
    return atOffset(0);
  }

  /**
   * The place of a character given by its line and column in the SQL text. Places outside of the
   * text are moved to its nearest character.
   *
   * @param line counted from 1
   * @param column in code points, counted from 1 (Spark's {@code startPosition} plus 1)
   */
  public Position at(int line, int column) {
    int row = Math.max(0, Math.min(line - 1, lineStarts.length - 1));
    int end = row + 1 < lineStarts.length ? lineStarts[row + 1] - 1 : lines.length - 1;
    return atOffset(Math.min(lineStarts[row] + Math.max(0, column - 1), end));
  }

  /**
   * The place of a character given by its offset in the SQL text. Offsets outside of the text are
   * moved to its nearest character.
   *
   * @param offset in code points, counted from 0 (Spark's {@code startIndex})
   */
  public Position atOffset(int offset) {
    int index = Math.max(0, Math.min(offset, lines.length - 1));
    return new Position(file, lines[index], columns[index]);
  }

  @Override
  public String toString() {
    return "SqlSource[" + start() + "]";
  }
}
