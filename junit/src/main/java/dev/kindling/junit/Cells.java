package dev.kindling.junit;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/** Values of rows as values of Java that equal each other where Spark's do. */
final class Cells {
  private Cells() {}

  /** The cells of rows; NULL is empty. */
  static List<List<Optional<Object>>> of(List<Row> rows) {
    List<List<Optional<Object>>> all = new ArrayList<>();
    for (Row row : rows) {
      List<Optional<Object>> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        cells.add(cell(row.get(i)));
      }
      all.add(cells);
    }
    return all;
  }

  /**
   * One value; nested ones hold cells again: arrays and structs lists of them, maps entries whose
   * order does not count.
   */
  private static Optional<Object> cell(Object value) {
    if (value instanceof byte[] bytes) {
      return Optional.of(ByteBuffer.wrap(bytes));
    } else if (value instanceof Date date) {
      return Optional.of(date.toLocalDate());
    } else if (value instanceof Timestamp timestamp) {
      return Optional.of(timestamp.toInstant());
    } else if (value instanceof Row row) {
      return Optional.of(new Struct(List.of(row.schema().fieldNames()), of(List.of(row)).get(0)));
    } else if (value instanceof scala.collection.Map<?, ?> map) {
      Map<Optional<Object>, Optional<Object>> entries = new LinkedHashMap<>();
      CollectionConverters.asJava(map).forEach((key, item) -> entries.put(cell(key), cell(item)));
      return Optional.of(entries);
    } else if (value instanceof scala.collection.Seq<?> items) {
      return Optional.of(CollectionConverters.asJava(items).stream().map(Cells::cell).toList());
    }
    return Optional.ofNullable(value);
  }

  /** A struct: its values, and their names for people. */
  record Struct(List<String> names, List<Optional<Object>> values) {}

  /** The texts of a row's cells, for people. */
  static List<Optional<String>> texts(List<Optional<Object>> row) {
    return row.stream().map(cell -> cell.map(Cells::text)).toList();
  }

  private static String text(Object value) {
    if (value instanceof ByteBuffer bytes) {
      return "X'" + HexFormat.of().withUpperCase().formatHex(bytes.array()) + "'";
    } else if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    } else if (value instanceof Struct struct) {
      List<String> fields = new ArrayList<>();
      for (int i = 0; i < struct.names().size(); i++) {
        fields.add(struct.names().get(i) + ": " + inside(struct.values().get(i)));
      }
      return "{" + String.join(", ", fields) + "}";
    } else if (value instanceof List<?> items) {
      return items.stream().map(Cells::inside).collect(Collectors.joining(", ", "[", "]"));
    } else if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> inside(entry.getKey()) + " → " + inside(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return value.toString();
  }

  /** A value inside of another one: a text is put in quotes, so that its commas are its own. */
  private static String inside(Object cell) {
    Optional<?> value = (Optional<?>) cell;
    if (value.isEmpty()) {
      return "NULL";
    }
    return value.get() instanceof String text ? "'" + text + "'" : text(value.get());
  }
}
