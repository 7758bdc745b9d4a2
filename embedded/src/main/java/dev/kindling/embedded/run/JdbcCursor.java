package dev.kindling.embedded.run;

import dev.kindling.embedded.RowCursor;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.util.IntervalUtils;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/** Rows from DuckDB's result set. */
final class JdbcCursor implements RowCursor {
  private final DuckDb duckDb;
  private final ResultSet rows;
  private final StructType schema;
  private final SparkText text;
  private final Runnable atEnd;

  JdbcCursor(DuckDb duckDb, ResultSet rows, StructType schema, ZoneId zone, Runnable atEnd) {
    this.duckDb = duckDb;
    this.rows = rows;
    this.schema = schema;
    this.text = new SparkText(zone);
    this.atEnd = atEnd;
  }

  @Override
  public StructType schema() {
    return schema;
  }

  @Override
  public boolean next() {
    try {
      return rows.next();
    } catch (SQLException e) {
      throw duckDb.translate(e);
    }
  }

  @Override
  public Object value(int column) {
    try {
      DataType type = schema.fields()[column].dataType();
      if (type instanceof TimestampNTZType) {
        // java.sql.Timestamp follows the Julian calendar before 1582, neither engine does.
        return rows.getObject(column + 1, LocalDateTime.class);
      }
      return convert(rows.getObject(column + 1), type);
    } catch (SQLException e) {
      throw Failures.translate(e);
    }
  }

  @Override
  public String text(int column) {
    return text.of(value(column), schema.fields()[column].dataType());
  }

  @Override
  public void close() {
    try {
      rows.close();
    } catch (SQLException e) {
      throw Failures.translate(e);
    } finally {
      atEnd.run();
    }
  }

  private static Object convert(Object value, DataType type) throws SQLException {
    if (value instanceof Long micros && type instanceof DayTimeIntervalType) {
      return IntervalUtils.microsToDuration(micros);
    } else if (value instanceof Integer months && type instanceof YearMonthIntervalType) {
      return IntervalUtils.monthsToPeriod(months);
    } else if (value instanceof Blob blob) {
      return blob.getBytes(1, (int) blob.length());
    } else if (value instanceof java.sql.Date date) {
      return date.toLocalDate();
    } else if (value instanceof LocalDate || value instanceof LocalDateTime) {
      return value;
    } else if (value instanceof java.sql.Timestamp timestamp) {
      return timestamp.toLocalDateTime();
    } else if (value instanceof OffsetDateTime instant) {
      return instant.toInstant();
    } else if (value instanceof Array array) {
      return list(Arrays.asList((Object[]) array.getArray()), ((ArrayType) type).elementType());
    } else if (value instanceof Struct struct) {
      List<Object> fields = new ArrayList<>();
      Object[] attributes = struct.getAttributes();
      for (int i = 0; i < attributes.length; i++) {
        fields.add(convert(attributes[i], ((StructType) type).fields()[i].dataType()));
      }
      return fields;
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, Object> entries = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        entries.put(
            convert(entry.getKey(), ((MapType) type).keyType()),
            convert(entry.getValue(), ((MapType) type).valueType()));
      }
      return entries;
    }
    return value;
  }

  private static List<Object> list(List<Object> elements, DataType type) throws SQLException {
    List<Object> list = new ArrayList<>(elements.size());
    for (Object element : elements) {
      list.add(convert(element, type));
    }
    return list;
  }
}
