package dev.kindling.embedded.translate;

import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Catalyst constants as DuckDB constants of the very same type. */
final class Literals {
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

  // DuckDB reads dates outside these years in other notations than ISO's.
  private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
  private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private Literals() {}

  static Translation<Sql> of(Literal literal) {
    return of(literal.value(), literal.dataType());
  }

  /** {@code value} is in Catalyst's internal form. */
  static Translation<Sql> of(Object value, DataType type) {
    Optional<String> duckType = DuckTypes.of(type);
    if (duckType.isEmpty()) {
      return Translation.refused(
          RefusalCode.TYPE_NOT_SUPPORTED,
          String.valueOf(value),
          "a constant of type " + type.sql() + " has no exact DuckDB form");
    }
    if (value == null) {
      return Translation.done(Sql.cast(Sql.literal("NULL"), duckType.get()));
    }
    if (type instanceof ArrayType array) {
      return array((ArrayData) value, array, duckType.get());
    }
    if (type instanceof StructType struct) {
      return struct((InternalRow) value, struct);
    }
    if (type instanceof MapType map) {
      return map((MapData) value, map, duckType.get());
    }
    return atomic(value, type, duckType.get())
        .map(Translation::done)
        .orElseGet(
            () ->
                Translation.refused(
                    List.of(
                        Refusal.of(
                            RefusalCode.LITERAL_NOT_SUPPORTED,
                            value.toString(),
                            "this " + type.sql() + " constant is outside what DuckDB can write"))));
  }

  private static Optional<Sql> atomic(Object value, DataType type, String duckType) {
    if (type instanceof BooleanType) {
      return Optional.of(Sql.literal((Boolean) value ? "TRUE" : "FALSE"));
    } else if (type instanceof IntegerType && !value.equals(Integer.MIN_VALUE)) {
      // The smallest one reads as minus a BIGINT, and takes the way of the other types below.
      return Optional.of(Sql.literal(value.toString()));
    } else if (DuckTypes.isIntegral(type) || DuckTypes.isInterval(type)) {
      return Optional.of(Sql.cast(Sql.literal(value.toString()), duckType));
    } else if (type instanceof DoubleType || type instanceof FloatType) {
      return Optional.of(Sql.cast(Sql.string(value.toString()), duckType));
    } else if (type instanceof DecimalType decimal) {
      return Optional.of(decimal(((Decimal) value).toJavaBigDecimal(), decimal, duckType));
    } else if (type instanceof StringType) {
      String text = value.toString();
      return text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(Sql.string(text));
    } else if (type instanceof BinaryType) {
      return Optional.of(
          Sql.call("from_hex", Sql.string(HexFormat.of().formatHex((byte[]) value))));
    } else if (type instanceof DateType) {
      int days = (Integer) value;
      return days < FIRST_DAY || days > LAST_DAY
          ? Optional.empty()
          : Optional.of(Sql.literal("DATE '" + LocalDate.ofEpochDay(days) + "'"));
    } else if (type instanceof TimestampType || type instanceof TimestampNTZType) {
      long micros = (Long) value;
      long day = Math.floorDiv(micros, MICROS_PER_DAY);
      if (day < FIRST_DAY || day > LAST_DAY) {
        return Optional.empty();
      }
      Instant instant =
          Instant.ofEpochSecond(
              Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
      boolean zoned = type instanceof TimestampType;
      return Optional.of(
          Sql.literal(duckType + " '" + MICROS.format(instant) + (zoned ? "+00'" : "'")));
    }
    return Optional.empty();
  }

  private static Sql decimal(BigDecimal value, DecimalType type, String duckType) {
    String text = value.setScale(type.scale()).toPlainString();
    // DuckDB gives 1.50 the type DECIMAL(3, 2): the scale, which is what counts, is the same.
    return type.scale() > 0 ? Sql.literal(text) : Sql.cast(Sql.literal(text), duckType);
  }

  private static Translation<Sql> array(ArrayData data, ArrayType type, String duckType) {
    return elements(data, type.elementType())
        .map(values -> Sql.cast(new Sql.Call("list_value", values), duckType));
  }

  private static Translation<Sql> struct(InternalRow row, StructType type) {
    List<String> names = new ArrayList<>();
    List<Translation<Sql>> values = new ArrayList<>();
    for (int i = 0; i < type.fields().length; i++) {
      StructField field = type.fields()[i];
      names.add(field.name());
      values.add(of(row.get(i, field.dataType()), field.dataType()));
    }
    return Translation.all(values).map(all -> new Sql.Struct(names, all));
  }

  private static Translation<Sql> map(MapData data, MapType type, String duckType) {
    return elements(data.keyArray(), type.keyType())
        .flatMap(
            keys ->
                elements(data.valueArray(), type.valueType())
                    .map(
                        values ->
                            Sql.cast(
                                Sql.call(
                                    "map",
                                    new Sql.Call("list_value", keys),
                                    new Sql.Call("list_value", values)),
                                duckType)));
  }

  private static Translation<List<Sql>> elements(ArrayData data, DataType type) {
    List<Translation<Sql>> values = new ArrayList<>();
    for (Object element : data.toObjectArray(type)) {
      values.add(of(element, type));
    }
    return Translation.all(values);
  }
}
