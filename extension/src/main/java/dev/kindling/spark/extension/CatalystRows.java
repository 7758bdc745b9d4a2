package dev.kindling.spark.extension;

import dev.kindling.embedded.RowCursor;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.IntervalUtils;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** Turns the rows of a cursor into Catalyst's own. Every thread has its own instance. */
final class CatalystRows {
  private final StructField[] fields;
  private final GenericInternalRow values;
  private final UnsafeProjection projection;

  CatalystRows(StructType schema) {
    fields = schema.fields();
    values = new GenericInternalRow(fields.length);
    projection = UnsafeProjection$.MODULE$.create(schema);
  }

  /** The cursor's row; the next call overwrites it. */
  InternalRow row(RowCursor cursor) {
    for (int i = 0; i < fields.length; i++) {
      values.update(i, value(cursor.value(i), fields[i].dataType()));
    }
    return projection.apply(values);
  }

  private static Object value(Object value, DataType type) {
    if (value instanceof String text) {
      return UTF8String.fromString(text);
    } else if (value instanceof BigDecimal number && type instanceof DecimalType decimal) {
      return Decimal.apply(new scala.math.BigDecimal(number), decimal.precision(), decimal.scale());
    } else if (value instanceof LocalDate date) {
      return DateTimeUtils.localDateToDays(date);
    } else if (value instanceof Instant instant) {
      return DateTimeUtils.instantToMicros(instant);
    } else if (value instanceof LocalDateTime time) {
      return DateTimeUtils.localDateTimeToMicros(time);
    } else if (value instanceof Duration duration) {
      return IntervalUtils.durationToMicros(duration);
    } else if (value instanceof Period period) {
      return IntervalUtils.periodToMonths(period);
    } else if (value instanceof List<?> list) {
      return type instanceof StructType struct ? struct(list, struct) : array(list, type);
    } else if (value instanceof Map<?, ?> map) {
      return map(map, (MapType) type);
    }
    return value;
  }

  private static InternalRow struct(List<?> list, StructType type) {
    Object[] values = new Object[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(list.get(i), type.fields()[i].dataType());
    }
    return new GenericInternalRow(values);
  }

  private static GenericArrayData array(List<?> list, DataType type) {
    return array(list, (ArrayType) type);
  }

  private static GenericArrayData array(List<?> list, ArrayType type) {
    return elements(list, type.elementType());
  }

  private static GenericArrayData elements(List<?> list, DataType type) {
    Object[] values = new Object[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(list.get(i), type);
    }
    return new GenericArrayData(values);
  }

  private static ArrayBasedMapData map(Map<?, ?> map, MapType type) {
    return new ArrayBasedMapData(
        elements(new ArrayList<>(map.keySet()), type.keyType()),
        elements(new ArrayList<>(map.values()), type.valueType()));
  }
}
