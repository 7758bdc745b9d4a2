package dev.kindling.runtime.pipeline;

import dev.kindling.embedded.EmbeddedSession;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.pipeline.Position;
import dev.kindling.model.pipeline.Problem;
import dev.kindling.model.pipeline.Severity;
import dev.kindling.model.pipeline.Suggestions;
import dev.kindling.model.pipeline.TestValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VariantType;

/**
 * Writes the rows of a test as a query that both engines run: each value as a cast of its text to
 * the type of its column. What is no value of that type becomes a problem at its place.
 */
final class RowLiterals {
  private static final Map<String, String> YAML_NUMBERS =
      Map.of(".nan", "NaN", ".inf", "Infinity", "+.inf", "Infinity", "-.inf", "-Infinity");

  private final EmbeddedSession session;
  private final List<Problem> problems;

  RowLiterals(EmbeddedSession session, List<Problem> problems) {
    this.session = session;
    this.problems = problems;
  }

  /** The columns of a type that rows name, in the type's order; unknown ones become problems. */
  StructType named(List<TestValue.Entries> rows, StructType type, String table) {
    Map<String, Position> names = new LinkedHashMap<>();
    for (TestValue.Entries row : rows) {
      row.entries().forEach(entry -> names.putIfAbsent(key(entry.name()), entry.position()));
    }
    List<StructField> fields = new ArrayList<>();
    for (StructField field : type.fields()) {
      if (names.remove(key(field.name())) != null) {
        fields.add(field);
      }
    }
    List<String> known = List.of(type.fieldNames());
    names.forEach(
        (name, position) ->
            problem(
                position,
                "Table '%s' has no column '%s' (found: %s)%s"
                    .formatted(
                        table,
                        name,
                        String.join(", ", known),
                        Suggestions.didYouMean(name, known))));
    return new StructType(fields.toArray(StructField[]::new));
  }

  /** A query that gives the rows; columns that a row leaves out are NULL. */
  String query(List<TestValue.Entries> rows, StructType type) {
    List<String> names = List.of(type.fieldNames());
    if (rows.isEmpty() || names.isEmpty()) {
      return noRows(type);
    }
    List<String> lines = new ArrayList<>();
    for (TestValue.Entries row : rows) {
      lines.add("(" + String.join(", ", fields(row, type, "column")) + ")");
    }
    return "SELECT * FROM VALUES "
        + String.join(", ", lines)
        + " AS t("
        + Names.quoted(names)
        + ")";
  }

  /** A query without rows. */
  static String noRows(StructType type) {
    List<String> columns = new ArrayList<>();
    for (StructField field : type.fields()) {
      columns.add(nothing(field.dataType()) + " AS " + Names.quote(field.name()));
    }
    return "SELECT " + String.join(", ", columns) + " WHERE false";
  }

  /** NULL of a type. */
  static String nothing(DataType type) {
    return "CAST(NULL AS " + type.sql() + ")";
  }

  private List<String> fields(TestValue.Entries row, StructType type, String what) {
    Map<String, TestValue.Entry> values = new HashMap<>();
    for (TestValue.Entry entry : row.entries()) {
      if (values.put(key(entry.name()), entry) != null) {
        problem(
            entry.position(),
            "%s '%s' stands twice in a row: Spark takes upper and lower case as equal"
                .formatted(capital(what), entry.name()));
      }
    }
    List<String> sql = new ArrayList<>();
    for (StructField field : type.fields()) {
      TestValue.Entry entry = values.get(key(field.name()));
      sql.add(
          entry == null
              ? nothing(field.dataType())
              : value(entry.value(), field.dataType(), "%s '%s'".formatted(what, field.name())));
    }
    return sql;
  }

  private String value(TestValue value, DataType type, String what) {
    if (value instanceof TestValue.Null) {
      return nothing(type);
    }
    if (type instanceof ArrayType array) {
      return array(value, array, what);
    } else if (type instanceof MapType map) {
      return map(value, map, what);
    } else if (type instanceof StructType struct) {
      return struct(value, struct, what);
    }
    if (!(value instanceof TestValue.Text text)) {
      return wrong(value, type, what, "one value");
    }
    return atom(text, type, what);
  }

  private String atom(TestValue.Text value, DataType type, String what) {
    if (type instanceof BinaryType || type instanceof VariantType) {
      problem(
          value.position(),
          "%s is %s, which cannot be written as text. Leave it out, or take the rows from a Parquet"
                  .formatted(capital(what), type.sql())
              + " file.");
      return nothing(type);
    }
    String text = value.text();
    if (type instanceof DoubleType || type instanceof FloatType) {
      text = YAML_NUMBERS.getOrDefault(key(text), text);
    }
    if (!session.isValue(text, type)) {
      problem(
          value.position(),
          "%s is %s, found '%s'".formatted(capital(what), type.sql(), shown(text)));
      return nothing(type);
    }
    if (type instanceof DecimalType decimal && scale(text) > decimal.scale()) {
      problem(
          value.position(),
          "%s is %s, found '%s' with more digits after the point"
              .formatted(capital(what), type.sql(), shown(text)));
    }
    return "CAST(" + Names.literal(text) + " AS " + type.sql() + ")";
  }

  private static int scale(String text) {
    return new BigDecimal(text.strip()).stripTrailingZeros().scale();
  }

  private String array(TestValue value, ArrayType type, String what) {
    if (!(value instanceof TestValue.Items items)) {
      return wrong(value, type, what, "a list");
    }
    List<String> elements = new ArrayList<>();
    for (TestValue item : items.items()) {
      elements.add(value(item, type.elementType(), "an element of " + what));
    }
    return "CAST(array(" + String.join(", ", elements) + ") AS " + type.sql() + ")";
  }

  private String map(TestValue value, MapType type, String what) {
    if (!(value instanceof TestValue.Entries entries)) {
      return wrong(value, type, what, "a mapping");
    }
    List<String> pairs = new ArrayList<>();
    for (TestValue.Entry entry : entries.entries()) {
      TestValue key = new TestValue.Text(entry.name(), entry.position());
      pairs.add(value(key, type.keyType(), "a key of " + what));
      pairs.add(value(entry.value(), type.valueType(), "a value of " + what));
    }
    return "CAST(map(" + String.join(", ", pairs) + ") AS " + type.sql() + ")";
  }

  private String struct(TestValue value, StructType type, String what) {
    if (!(value instanceof TestValue.Entries entries)) {
      return wrong(value, type, what, "a mapping");
    }
    List<String> known = List.of(type.fieldNames());
    for (TestValue.Entry entry : entries.entries()) {
      if (known.stream().noneMatch(entry.name()::equalsIgnoreCase)) {
        problem(
            entry.position(),
            "%s has no field '%s' (found: %s)%s"
                .formatted(
                    capital(what),
                    entry.name(),
                    String.join(", ", known),
                    Suggestions.didYouMean(entry.name(), known)));
      }
    }
    List<String> pairs = new ArrayList<>();
    List<String> fields = fields(entries, type, "field");
    for (int i = 0; i < known.size(); i++) {
      pairs.add(Names.literal(known.get(i)));
      pairs.add(fields.get(i));
    }
    return "named_struct(" + String.join(", ", pairs) + ")";
  }

  private String wrong(TestValue value, DataType type, String what, String accepted) {
    problem(
        value.position(),
        "%s is %s, found %s (accepted: %s)"
            .formatted(capital(what), type.sql(), found(value), accepted));
    return nothing(type);
  }

  private static String found(TestValue value) {
    if (value instanceof TestValue.Items) {
      return "a list";
    }
    return value instanceof TestValue.Text text ? "'" + shown(text.text()) + "'" : "a mapping";
  }

  private static String shown(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private void problem(Position position, String message) {
    problems.add(new Problem(Severity.ERROR, ErrorCode.PIPELINE_VALUE, position, message));
  }
}
