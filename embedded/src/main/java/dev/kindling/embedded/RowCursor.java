package dev.kindling.embedded;

import org.apache.spark.sql.types.StructType;

/**
 * The rows of a running query, one by one. Every method may throw {@link EngineFailure}. Values are
 * Java's: Boolean, Byte, Short, Integer, Long, Float, Double, BigDecimal, String, byte[],
 * LocalDate, Instant (TIMESTAMP), LocalDateTime (TIMESTAMP_NTZ), List (ARRAY, and STRUCT by
 * position), Map (MAP); an SQL NULL is null.
 */
public interface RowCursor extends AutoCloseable {
  StructType schema();

  /** Moves to the next row; false when there is none. */
  boolean next();

  /** The value of a column of the current row, from 0; null for an SQL NULL. */
  Object value(int column);

  /** The value as spark-sql prints it; {@code NULL} for an SQL NULL. */
  String text(int column);

  @Override
  void close();
}
