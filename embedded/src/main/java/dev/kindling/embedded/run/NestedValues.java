package dev.kindling.embedded.run;

import dev.kindling.embedded.translate.JsonText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.YearMonthIntervalType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Catalyst's nested and binary values from and to the text in which they travel through DuckDB's
 * scalar vectors: JSON that loses nothing. The SQL side is {@code translate.NestedText}.
 */
final class NestedValues {
  private NestedValues() {}

  /** Reads a value; null for the JSON null. */
  static Object read(String text, DataType type) {
    return type instanceof BinaryType ? bytes(text) : new Parser(text).value(type);
  }

  /** Writes a value that is not null. */
  static String write(Object value, DataType type) {
    if (type instanceof BinaryType) {
      return Base64.getEncoder().encodeToString((byte[]) value);
    }
    StringBuilder out = new StringBuilder();
    write(value, type, out);
    return out.toString();
  }

  // DuckDB's Base64 has no line breaks, and neither has the decoder's.
  private static byte[] bytes(String text) {
    return Base64.getDecoder().decode(text);
  }

  /** Text of a string; fails for bytes that are no text, which only Spark can hold. */
  static String text(UTF8String value) {
    if (!value.isValid()) {
      throw new IllegalArgumentException("a string that is not valid UTF-8");
    }
    return value.toString();
  }

  private static void write(Object value, DataType type, StringBuilder out) {
    if (value == null) {
      out.append("null");
    } else if (type instanceof ArrayType array) {
      write((ArrayData) value, array.elementType(), out);
    } else if (type instanceof MapType map) {
      write((MapData) value, map, out);
    } else if (type instanceof StructType struct) {
      write((InternalRow) value, struct, out);
    } else if (type instanceof StringType) {
      JsonText.quote(text((UTF8String) value), out);
    } else if (type instanceof BinaryType) {
      out.append('"').append(Base64.getEncoder().encodeToString((byte[]) value)).append('"');
    } else if (type instanceof DecimalType decimal) {
      String digits =
          ((Decimal) value).toJavaBigDecimal().setScale(decimal.scale()).toPlainString();
      out.append('"').append(digits).append('"');
    } else if (type instanceof DoubleType || type instanceof FloatType) {
      out.append('"').append(value).append('"');
    } else {
      // Whole numbers, days, microseconds and truth values.
      out.append(value);
    }
  }

  private static void write(ArrayData array, DataType type, StringBuilder out) {
    out.append('[');
    for (int i = 0; i < array.numElements(); i++) {
      if (i > 0) {
        out.append(',');
      }
      write(array.isNullAt(i) ? null : array.get(i, type), type, out);
    }
    out.append(']');
  }

  private static void write(MapData map, MapType type, StringBuilder out) {
    ArrayData keys = map.keyArray();
    ArrayData values = map.valueArray();
    out.append('[');
    for (int i = 0; i < keys.numElements(); i++) {
      out.append(i > 0 ? ",{\"k\":" : "{\"k\":");
      write(keys.get(i, type.keyType()), type.keyType(), out);
      out.append(",\"v\":");
      write(values.isNullAt(i) ? null : values.get(i, type.valueType()), type.valueType(), out);
      out.append('}');
    }
    out.append(']');
  }

  private static void write(InternalRow row, StructType type, StringBuilder out) {
    out.append('{');
    for (int i = 0; i < type.fields().length; i++) {
      StructField field = type.fields()[i];
      if (i > 0) {
        out.append(',');
      }
      JsonText.quote(field.name(), out);
      out.append(':');
      write(row.isNullAt(i) ? null : row.get(i, field.dataType()), field.dataType(), out);
    }
    out.append('}');
  }

  /** Reads exactly what DuckDB's {@code to_json} writes; fields come in the type's order. */
  private static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    Object value(DataType type) {
      if (text.charAt(at) == 'n') {
        at += 4;
        return null;
      } else if (type instanceof ArrayType array) {
        return new GenericArrayData(elements(array.elementType()).toArray());
      } else if (type instanceof MapType map) {
        return map(map);
      } else if (type instanceof StructType struct) {
        return struct(struct);
      } else if (text.charAt(at) == '"') {
        return quoted(string(), type);
      }
      return plain(token(), type);
    }

    private List<Object> elements(DataType type) {
      List<Object> elements = new ArrayList<>();
      at++;
      while (text.charAt(at) != ']') {
        elements.add(value(type));
        comma();
      }
      at++;
      return elements;
    }

    private Object map(MapType type) {
      List<Object> keys = new ArrayList<>();
      List<Object> values = new ArrayList<>();
      at++;
      while (text.charAt(at) != ']') {
        at++;
        name();
        keys.add(value(type.keyType()));
        comma();
        name();
        values.add(value(type.valueType()));
        at++;
        comma();
      }
      at++;
      return new ArrayBasedMapData(
          new GenericArrayData(keys.toArray()), new GenericArrayData(values.toArray()));
    }

    private Object struct(StructType type) {
      Object[] values = new Object[type.fields().length];
      at++;
      for (int i = 0; i < values.length; i++) {
        name();
        values[i] = value(type.fields()[i].dataType());
        comma();
      }
      at++;
      return new GenericInternalRow(values);
    }

    private void comma() {
      if (text.charAt(at) == ',') {
        at++;
      }
    }

    private void name() {
      string();
      at++;
    }

    private String token() {
      int from = at;
      while (at < text.length() && ",]}".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(from, at);
    }

    private String string() {
      int from = ++at;
      while (text.charAt(at) != '"' && text.charAt(at) != '\\') {
        at++;
      }
      if (text.charAt(at) == '"') {
        return text.substring(from, at++);
      }
      StringBuilder out = new StringBuilder(text.substring(from, at));
      for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
        out.append(c == '\\' ? escaped(text.charAt(at++)) : c);
      }
      return out.toString();
    }

    private char escaped(char c) {
      return switch (c) {
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'n' -> '\n';
        case 'r' -> '\r';
        case 't' -> '\t';
        case 'u' -> {
          at += 4;
          yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }
        default -> c;
      };
    }

    private static Object quoted(String value, DataType type) {
      if (type instanceof StringType) {
        return UTF8String.fromString(value);
      } else if (type instanceof BinaryType) {
        return bytes(value);
      } else if (type instanceof DecimalType decimal) {
        return Decimal.apply(
            new scala.math.BigDecimal(new BigDecimal(value)), decimal.precision(), decimal.scale());
      }
      double special =
          switch (value) {
            case "nan", "-nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> 0;
          };
      if (type instanceof FloatType) {
        return special == 0 ? Float.valueOf(value) : Float.valueOf((float) special);
      }
      return special == 0 ? Double.valueOf(value) : Double.valueOf(special);
    }

    private static Object plain(String value, DataType type) {
      if (type instanceof BooleanType) {
        return Boolean.valueOf(value);
      } else if (type instanceof ByteType) {
        return Byte.valueOf(value);
      } else if (type instanceof ShortType) {
        return Short.valueOf(value);
      } else if (type instanceof IntegerType
          || type instanceof DateType
          || type instanceof YearMonthIntervalType) {
        return Integer.valueOf(value);
      }
      return Long.valueOf(value);
    }
  }
}
