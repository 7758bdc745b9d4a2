package dev.kindling.embedded.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.spark.sql.catalyst.util.IntervalStringStyles;
import org.apache.spark.sql.catalyst.util.IntervalUtils;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/** Values as spark-sql prints them (Spark's HiveResult). */
final class SparkText {
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4, 10, SignStyle.EXCEEDS_PAD)
          .appendPattern("-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();

  private final ZoneId zone;

  SparkText(ZoneId zone) {
    this.zone = zone;
  }

  /** The text of a whole column value. */
  String of(Object value, DataType type) {
    return value == null ? "NULL" : plain(value, type);
  }

  private String plain(Object value, DataType type) {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    } else if (value instanceof byte[] bytes) {
      return new String(bytes, UTF_8);
    } else if (value instanceof Instant instant) {
      return TIMESTAMP.format(LocalDateTime.ofInstant(instant, zone));
    } else if (value instanceof LocalDateTime local) {
      return TIMESTAMP.format(local);
    } else if (value instanceof LocalDate date) {
      return date.toString();
    } else if (value instanceof Duration duration && type instanceof DayTimeIntervalType interval) {
      return IntervalUtils.toDayTimeIntervalString(
          IntervalUtils.durationToMicros(duration),
          IntervalStringStyles.HIVE_STYLE(),
          interval.startField(),
          interval.endField());
    } else if (value instanceof Period period && type instanceof YearMonthIntervalType interval) {
      return IntervalUtils.toYearMonthIntervalString(
          IntervalUtils.periodToMonths(period),
          IntervalStringStyles.HIVE_STYLE(),
          interval.startField(),
          interval.endField());
    } else if (value instanceof List<?> list && type instanceof StructType struct) {
      return struct(list, struct);
    } else if (value instanceof List<?> list && type instanceof ArrayType array) {
      StringJoiner text = new StringJoiner(",", "[", "]");
      list.forEach(element -> text.add(nested(element, array.elementType())));
      return text.toString();
    } else if (value instanceof Map<?, ?> map && type instanceof MapType types) {
      StringJoiner text = new StringJoiner(",", "{", "}");
      map.forEach(
          (key, element) ->
              text.add(nested(key, types.keyType()) + ":" + nested(element, types.valueType())));
      return text.toString();
    }
    return value.toString();
  }

  private String struct(List<?> values, StructType type) {
    StringJoiner text = new StringJoiner(",", "{", "}");
    for (int i = 0; i < values.size(); i++) {
      StructField field = type.fields()[i];
      text.add("\"" + field.name() + "\":" + nested(values.get(i), field.dataType()));
    }
    return text.toString();
  }

  private String nested(Object value, DataType type) {
    if (value == null) {
      return "null";
    }
    return value instanceof String string ? "\"" + string + "\"" : plain(value, type);
  }
}
