package dev.kindling.embedded.translate;

import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Nested and binary values as text: DuckDB's Java functions take scalar vectors only. The text is
 * JSON in which nothing is lost: fractions are their shortest digits in quotes, dates are days,
 * timestamps microseconds, bytes Base64, maps arrays of entries. The Java side is {@code
 * run.NestedValues}.
 */
final class NestedText {
  private int variables;

  private NestedText() {}

  /** The SQL that makes the text of a value. */
  static Sql encode(Sql value, DataType type) {
    NestedText text = new NestedText();
    return type instanceof BinaryType
        ? text.leafOut(value, type)
        : Sql.cast(Sql.call("to_json", text.out(value, type)), "VARCHAR");
  }

  /** The SQL that makes a value of the type's DuckDB form of its text. */
  static Sql decode(Sql text, DataType type) {
    if (type instanceof BinaryType) {
      return Sql.call("from_base64", text);
    }
    Sql parsed = Sql.call("from_json_strict", text, Sql.string(structure(type)));
    return new NestedText().in(parsed, type);
  }

  private Sql out(Sql value, DataType type) {
    if (isPlain(type)) {
      return value;
    } else if (type instanceof ArrayType array) {
      return each(value, element -> out(element, array.elementType()));
    } else if (type instanceof MapType map) {
      Sql entries = Sql.call("map_entries", value);
      return isPlain(map.keyType()) && isPlain(map.valueType())
          ? entries
          : each(
              entries,
              entry ->
                  new Sql.Struct(
                      List.of("k", "v"),
                      List.of(
                          out(field(entry, "key"), map.keyType()),
                          out(field(entry, "value"), map.valueType()))));
    } else if (type instanceof StructType struct) {
      return rebuilt(value, struct, this::out);
    }
    return leafOut(value, type);
  }

  private Sql leafOut(Sql value, DataType type) {
    if (type instanceof BinaryType) {
      return Sql.call("to_base64", value);
    } else if (type instanceof DateType) {
      return SparkCode.days(value);
    } else if (type instanceof TimestampType || type instanceof TimestampNTZType) {
      return Sql.call("epoch_us", value);
    }
    return Sql.cast(value, "VARCHAR");
  }

  /** Whether DuckDB's own JSON of the type loses nothing. */
  private static boolean isPlain(DataType type) {
    if (type instanceof ArrayType array) {
      return isPlain(array.elementType());
    } else if (type instanceof StructType struct) {
      return List.of(struct.fields()).stream().allMatch(field -> isPlain(field.dataType()));
    }
    return DuckTypes.isAtomic(type)
        && !DuckTypes.isFloating(type)
        && !(type instanceof DecimalType)
        && !isMoment(type)
        && !(type instanceof BinaryType);
  }

  private static boolean isMoment(DataType type) {
    return type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType;
  }

  private Sql in(Sql value, DataType type) {
    if (arrivesWhole(type)) {
      return value;
    } else if (type instanceof ArrayType array) {
      return each(value, element -> in(element, array.elementType()));
    } else if (type instanceof MapType map) {
      boolean whole = arrivesWhole(map.keyType()) && arrivesWhole(map.valueType());
      return Sql.call(
          "map_from_entries",
          whole
              ? value
              : each(
                  value,
                  entry ->
                      new Sql.Struct(
                          List.of("k", "v"),
                          List.of(
                              in(field(entry, "k"), map.keyType()),
                              in(field(entry, "v"), map.valueType())))));
    } else if (type instanceof StructType struct) {
      return rebuilt(value, struct, this::in);
    } else if (type instanceof BinaryType) {
      return Sql.call("from_base64", value);
    }
    return SparkCode.moment(value, type);
  }

  /** Whether {@code from_json} gives values of the type without more ado. */
  private static boolean arrivesWhole(DataType type) {
    if (type instanceof ArrayType array) {
      return arrivesWhole(array.elementType());
    } else if (type instanceof StructType struct) {
      return List.of(struct.fields()).stream().allMatch(field -> arrivesWhole(field.dataType()));
    }
    return DuckTypes.isAtomic(type) && !isMoment(type) && !(type instanceof BinaryType);
  }

  private static String structure(DataType type) {
    if (type instanceof ArrayType array) {
      return "[" + structure(array.elementType()) + "]";
    } else if (type instanceof MapType map) {
      return "[{\"k\":%s,\"v\":%s}]"
          .formatted(structure(map.keyType()), structure(map.valueType()));
    } else if (type instanceof StructType struct) {
      List<String> fields = new ArrayList<>();
      for (StructField field : struct.fields()) {
        fields.add(JsonText.quote(field.name()) + ":" + structure(field.dataType()));
      }
      return "{" + String.join(",", fields) + "}";
    } else if (type instanceof DateType) {
      return "\"INTEGER\"";
    } else if (isMoment(type)) {
      return "\"BIGINT\"";
    } else if (type instanceof BinaryType) {
      return "\"VARCHAR\"";
    }
    return "\"" + DuckTypes.of(type).orElseThrow() + "\"";
  }

  private Sql each(Sql list, UnaryOperator<Sql> body) {
    // DuckDB takes a column of that name in its place, where there is one.
    String variable = "kindling_w" + (++variables);
    return Sql.call(
        "list_transform", list, new Sql.Lambda(List.of(variable), body.apply(named(variable))));
  }

  private static Sql named(String variable) {
    return new Sql.Name(variable);
  }

  private interface Conversion {
    Sql convert(Sql value, DataType type);
  }

  // The lambda over a list of one evaluates the struct only once.
  private Sql rebuilt(Sql value, StructType struct, Conversion conversion) {
    UnaryOperator<Sql> body =
        one -> {
          List<String> names = new ArrayList<>();
          List<Sql> values = new ArrayList<>();
          for (StructField field : struct.fields()) {
            names.add(field.name());
            values.add(conversion.convert(field(one, field.name()), field.dataType()));
          }
          return Sql.when(Sql.isNotNull(one), new Sql.Struct(names, values));
        };
    return value instanceof Sql.Name
        ? body.apply(value)
        : Sql.call("list_extract", each(Sql.call("list_value", value), body), Sql.literal("1"));
  }

  private static Sql field(Sql struct, String name) {
    return Sql.call("struct_extract", struct, Sql.string(name));
  }
}
