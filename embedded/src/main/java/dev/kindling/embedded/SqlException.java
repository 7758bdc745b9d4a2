package dev.kindling.embedded;

import java.util.OptionalInt;

/**
 * Spark's own parser or analyser refuses a statement. The message is Spark's, with its error class
 * in brackets and without the echo of the statement.
 */
public final class SqlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String errorClass;
  private final int line;
  private final int column;

  public SqlException(String errorClass, String message, OptionalInt line, OptionalInt column) {
    super(message);
    this.errorClass = errorClass;
    this.line = line.orElse(0);
    this.column = column.orElse(0);
  }

  /** Spark's error class, such as {@code UNRESOLVED_COLUMN.WITH_SUGGESTION}; may be empty. */
  public String errorClass() {
    return errorClass;
  }

  /** The line in the statement's text, from 1. */
  public OptionalInt line() {
    return line > 0 ? OptionalInt.of(line) : OptionalInt.empty();
  }

  /** The column in that line, from 1. */
  public OptionalInt column() {
    return column > 0 ? OptionalInt.of(column) : OptionalInt.empty();
  }
}
