package dev.kindling.junit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Says in what two schemas differ: in the names, types and the order of their columns. */
final class SchemaDifference {
  private SchemaDifference() {}

  /** A line for each difference; none when the schemas are the same. */
  static List<String> between(StructType expected, StructType found, boolean nullability) {
    List<String> lines = new ArrayList<>();
    Map<String, StructField> open = new LinkedHashMap<>();
    for (StructField field : found.fields()) {
      open.put(key(field), field);
    }
    for (StructField field : expected.fields()) {
      StructField other = open.remove(key(field));
      if (other == null) {
        lines.add(field.name() + "  missing, expected " + text(field, nullability));
      } else if (!text(field, nullability).equals(text(other, nullability))) {
        lines.add(
            "%s  expected %s, found %s"
                .formatted(field.name(), text(field, nullability), text(other, nullability)));
      }
    }
    open.values()
        .forEach(field -> lines.add(field.name() + "  not expected, " + text(field, nullability)));
    List<String> should = names(expected);
    List<String> is = names(found);
    if (lines.isEmpty() && !should.equals(is)) {
      lines.add("order  expected " + String.join(", ", expected.fieldNames()));
      lines.add("       found " + String.join(", ", found.fieldNames()));
    }
    return lines;
  }

  // Spark takes upper and lower case as equal.
  private static String key(StructField field) {
    return field.name().toLowerCase(Locale.ROOT);
  }

  private static List<String> names(StructType type) {
    return List.of(type.fields()).stream().map(SchemaDifference::key).toList();
  }

  private static String text(StructField field, boolean nullability) {
    return text(field.dataType(), nullability)
        + (nullability && !field.nullable() ? " NOT NULL" : "");
  }

  /** The type as DDL; whether parts of it may be NULL only where that counts. */
  private static String text(DataType type, boolean nullability) {
    if (type instanceof StructType struct) {
      List<String> fields = new ArrayList<>();
      for (StructField field : struct.fields()) {
        fields.add(field.name() + ": " + text(field, nullability));
      }
      return "STRUCT<" + String.join(", ", fields) + ">";
    } else if (type instanceof ArrayType array) {
      return "ARRAY<"
          + text(array.elementType(), nullability)
          + (nullability && !array.containsNull() ? " NOT NULL" : "")
          + ">";
    } else if (type instanceof MapType map) {
      return "MAP<"
          + text(map.keyType(), nullability)
          + ", "
          + text(map.valueType(), nullability)
          + (nullability && !map.valueContainsNull() ? " NOT NULL" : "")
          + ">";
    }
    return type.sql();
  }
}
