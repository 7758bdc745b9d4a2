package dev.kindling.runtime;

/** Rows that may be read more than once, each time from the first one on. */
public interface Rows {
  /** How many there are. */
  long count();

  /** Shows each row to the reader, in order. */
  void forEach(Reader reader);

  /** Gets the rows. */
  interface Reader {
    /** The row's object is used again for the next row. */
    void row(Row row);
  }

  /** The cells of one row. */
  interface Row {
    boolean isNull(int column);

    /** The text of a cell that is not NULL, as {@code spark-sql} prints it. */
    String text(int column);
  }
}
