package dev.kindling.embedded.run;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;

/** Rows that Java code makes and DuckDB reads, from several threads at once. */
public interface RowSource {
  /** The Spark types of all columns; none has parts. */
  List<DataType> types();

  /** In how many parts the rows come at most: more threads than that have nothing to do. */
  int parts();

  /**
   * Begins to read.
   *
   * @param columns the columns that are needed, in the order in which they are
   */
  Scan scan(int[] columns);

  /** One reading of all rows. Safe for several threads. */
  interface Scan {
    /** The rows that one thread gets; each row goes to one thread only. */
    Reader reader();
  }

  /** Rows for one thread. */
  interface Reader extends AutoCloseable {
    /** The next row, of the needed columns; null at the end. It is valid until the next call. */
    InternalRow next() throws Exception;

    @Override
    void close() throws Exception;
  }
}
