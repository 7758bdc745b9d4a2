package dev.kindling.embedded.run;

import java.sql.SQLException;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.YearMonthIntervalType;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBWritableVector;

/** Writes Catalyst's values of one type, not null, to DuckDB's vectors. */
@FunctionalInterface
interface ValueWriter {
  void write(DuckDBWritableVector to, long row, Object value);

  /** The writer for values of a type without parts; dates become days, timestamps microseconds. */
  static ValueWriter of(DataType type) {
    if (type instanceof BooleanType) {
      return (to, row, value) -> to.setBoolean(row, (Boolean) value);
    } else if (type instanceof ByteType) {
      return (to, row, value) -> to.setByte(row, (Byte) value);
    } else if (type instanceof ShortType) {
      return (to, row, value) -> to.setShort(row, (Short) value);
    } else if (type instanceof IntegerType
        || type instanceof DateType
        || type instanceof YearMonthIntervalType) {
      return (to, row, value) -> to.setInt(row, (Integer) value);
    } else if (type instanceof LongType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type instanceof DayTimeIntervalType) {
      return (to, row, value) -> to.setLong(row, (Long) value);
    } else if (type instanceof FloatType) {
      return (to, row, value) -> to.setFloat(row, (Float) value);
    } else if (type instanceof DoubleType) {
      return (to, row, value) -> to.setDouble(row, (Double) value);
    } else if (type instanceof DecimalType decimal) {
      int scale = decimal.scale();
      return (to, row, value) ->
          to.setBigDecimal(row, ((Decimal) value).toJavaBigDecimal().setScale(scale));
    }
    return (to, row, value) -> to.setString(row, value.toString());
  }

  /** The DuckDB type that these values have. */
  static DuckDBLogicalType logicalType(DataType type) throws SQLException {
    return type instanceof DecimalType decimal
        ? DuckDBLogicalType.decimal(decimal.precision(), decimal.scale())
        : DuckDBLogicalType.of(columnType(type));
  }

  private static DuckDBColumnType columnType(DataType type) {
    if (type instanceof BooleanType) {
      return DuckDBColumnType.BOOLEAN;
    } else if (type instanceof ByteType) {
      return DuckDBColumnType.TINYINT;
    } else if (type instanceof ShortType) {
      return DuckDBColumnType.SMALLINT;
    } else if (type instanceof IntegerType
        || type instanceof DateType
        || type instanceof YearMonthIntervalType) {
      return DuckDBColumnType.INTEGER;
    } else if (type instanceof LongType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type instanceof DayTimeIntervalType) {
      return DuckDBColumnType.BIGINT;
    } else if (type instanceof FloatType) {
      return DuckDBColumnType.FLOAT;
    } else if (type instanceof DoubleType) {
      return DuckDBColumnType.DOUBLE;
    }
    return DuckDBColumnType.VARCHAR;
  }
}
