package dev.kindling.testkit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A row with values that both engines spell the same way: exact decimals with their scale, floats
 * by their bits, nested values as lists, so that equal rows have equal texts.
 */
record CanonicalRow(List<Object> values) {

  static CanonicalRow of(Row row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      values.add(canonical(row.get(i)));
    }
    return new CanonicalRow(values);
  }

  static Object canonical(Object value) {
    if (value == null) {
      return "NULL";
    } else if (value instanceof byte[] bytes) {
      return "binary" + Arrays.toString(bytes);
    } else if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    } else if (value instanceof Row row) {
      return of(row).values();
    } else if (value instanceof scala.collection.Map<?, ?> map) {
      return canonical(CollectionConverters.asJava(map));
    } else if (value instanceof scala.collection.Seq<?> seq) {
      return canonical(CollectionConverters.asJava(seq));
    } else if (value instanceof List<?> list) {
      return list.stream().map(CanonicalRow::canonical).toList();
    } else if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((k, v) -> sorted.put(String.valueOf(canonical(k)), canonical(v)));
      return sorted;
    }
    // Double and Float print -0.0 and NaN apart; numbers of other types keep their type's text.
    return value;
  }

  String text() {
    return values.toString();
  }
}
