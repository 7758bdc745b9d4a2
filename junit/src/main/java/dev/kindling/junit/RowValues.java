package dev.kindling.junit;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Makes rows of values as a test writes them. */
final class RowValues {
  private static final String ZONE = "UTC";

  private final StructType schema;

  RowValues(StructType schema) {
    this.schema = schema;
  }

  List<Row> rows(List<List<?>> rows) {
    List<Row> made = new ArrayList<>();
    for (List<?> row : rows) {
      String where = "Row " + (made.size() + 1);
      made.add(struct(row, schema, where, where + ", column '"));
    }
    return made;
  }

  private static Row struct(List<?> values, StructType type, String where, String field) {
    StructField[] fields = type.fields();
    if (values.size() != fields.length) {
      throw new IllegalArgumentException(
          "%s has %d values for %d columns (accepted: %s)"
              .formatted(
                  where, values.size(), fields.length, String.join(", ", type.fieldNames())));
    }
    Object[] made = new Object[fields.length];
    for (int i = 0; i < made.length; i++) {
      made[i] = value(values.get(i), fields[i].dataType(), field + fields[i].name() + "'");
    }
    return RowFactory.create(made);
  }

  private static Object value(Object value, DataType type, String where) {
    if (value == null) {
      return null;
    } else if (type instanceof ArrayType array) {
      List<Object> items = new ArrayList<>();
      for (Object item : list(value, type, where)) {
        items.add(value(item, array.elementType(), where + ", item " + (items.size() + 1)));
      }
      return CollectionConverters.asScala(items).toSeq();
    } else if (type instanceof MapType map) {
      Map<Object, Object> entries = new LinkedHashMap<>();
      if (!(value instanceof Map<?, ?> given)) {
        throw bad(value, type, where, "a Map");
      }
      given.forEach(
          (key, item) ->
              entries.put(
                  value(key, map.keyType(), where + ", key '" + key + "'"),
                  value(item, map.valueType(), where + ", key '" + key + "'")));
      return CollectionConverters.asScala(entries);
    } else if (type instanceof StructType struct) {
      List<?> values =
          value instanceof Map<?, ?> fields
              ? inOrder(fields, struct, where)
              : list(value, type, where);
      return struct(values, struct, where, where + ", field '");
    }
    return cast(value, type, where);
  }

  private static List<?> list(Object value, DataType type, String where) {
    if (value instanceof Row row) {
      return CollectionConverters.asJava(row.toSeq());
    } else if (value instanceof List<?> list) {
      return list;
    }
    throw bad(value, type, where, type instanceof StructType ? "a List or a Map" : "a List");
  }

  private static List<?> inOrder(Map<?, ?> fields, StructType struct, String where) {
    Map<String, Object> open = new LinkedHashMap<>();
    fields.forEach((name, value) -> open.put(String.valueOf(name).toLowerCase(Locale.ROOT), value));
    List<Object> values = new ArrayList<>();
    for (String name : struct.fieldNames()) {
      values.add(open.remove(name.toLowerCase(Locale.ROOT)));
    }
    if (!open.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no field '%s' (accepted: %s)"
              .formatted(
                  where, open.keySet().iterator().next(), String.join(", ", struct.fieldNames())));
    }
    return values;
  }

  /** What Spark's CAST makes of the value's text. */
  private static Object cast(Object value, DataType type, String where) {
    if (type instanceof StringType) {
      return value.toString();
    } else if (type instanceof BinaryType) {
      return value instanceof byte[] bytes
          ? bytes
          : value.toString().getBytes(StandardCharsets.UTF_8);
    } else if (value instanceof Duration || value instanceof Period) {
      // Their texts are not those of intervals.
      return value;
    }
    String text = (value instanceof Timestamp time ? time.toInstant() : value).toString().strip();
    Object made;
    try {
      made =
          new Cast(
                  Literal.create(text, DataTypes.StringType),
                  type,
                  Option.apply(ZONE),
                  EvalMode.ANSI())
              .eval(InternalRow.empty());
    } catch (RuntimeException e) {
      throw bad(value, type, where, "what CAST takes");
    }
    if (made instanceof Decimal decimal && isRounded(decimal, text)) {
      throw bad(value, type, where, "no more digits after the point than the type has");
    }
    return CatalystTypeConverters.convertToScala(made, type);
  }

  private static boolean isRounded(Decimal made, String text) {
    return made.toJavaBigDecimal().compareTo(new BigDecimal(text)) != 0;
  }

  private static IllegalArgumentException bad(
      Object value, DataType type, String where, String accepted) {
    return new IllegalArgumentException(
        "%s: '%s' of %s is no %s (accepted: %s)"
            .formatted(where, value, value.getClass().getName(), type.sql(), accepted));
  }
}
