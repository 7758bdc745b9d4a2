package dev.kindling.runtime.pipeline;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.kindling.model.pipeline.TestValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Writes rows of tests as YAML, one line a row. */
final class TestWriter {
  private static final Pattern WORDS = Pattern.compile("[A-Za-z][A-Za-z0-9_]*(?: [A-Za-z0-9_]+)*");
  // A second's parts that are zero say nothing.
  private static final Pattern ZEROS =
      Pattern.compile("(:\\d\\d)(?:\\.0+|(\\.\\d*?[1-9])0+)(?!\\d)");
  private static final Set<String> NOT_TEXT =
      Set.of("null", "true", "false", "yes", "no", "on", "off");

  private TestWriter() {}

  /** A row: {@code { id: 1, name: a }}. */
  static String row(TestValue.Entries row, StructType type) {
    return entries(row, name -> field(type, name), true);
  }

  private interface Types {
    DataType of(String name);
  }

  private static DataType field(StructType type, String name) {
    for (StructField field : type.fields()) {
      if (field.name().equals(name)) {
        return field.dataType();
      }
    }
    throw new IllegalArgumentException("no field " + name + " in " + type.sql());
  }

  private static String entries(TestValue.Entries entries, Types types, boolean names) {
    List<String> parts = new ArrayList<>();
    for (TestValue.Entry entry : entries.entries()) {
      String name =
          names && WORDS.matcher(entry.name()).matches()
              ? text(entry.name())
              : quoted(entry.name());
      parts.add(name + ": " + value(entry.value(), types.of(entry.name())));
    }
    return parts.isEmpty() ? "{}" : "{ " + String.join(", ", parts) + " }";
  }

  private static String value(TestValue value, DataType type) {
    if (value instanceof TestValue.Null) {
      return "null";
    } else if (value instanceof TestValue.Items items) {
      DataType element = ((ArrayType) type).elementType();
      return "["
          + String.join(", ", items.items().stream().map(item -> value(item, element)).toList())
          + "]";
    } else if (value instanceof TestValue.Entries entries) {
      return type instanceof MapType map
          ? entries(entries, name -> map.valueType(), false)
          : entries(entries, name -> field((StructType) type, name), true);
    }
    String text = ((TestValue.Text) value).text();
    if (type instanceof StringType) {
      return text(text);
    }
    return type instanceof TimestampType || type instanceof TimestampNTZType
        ? ZEROS.matcher(text).replaceFirst("$1$2")
        : text;
  }

  private static String text(String text) {
    boolean plain =
        WORDS.matcher(text).matches() && !NOT_TEXT.contains(text.toLowerCase(Locale.ROOT));
    return plain ? text : quoted(text);
  }

  // A text of JSON is one of YAML too.
  private static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
