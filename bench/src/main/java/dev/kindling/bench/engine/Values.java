package dev.kindling.bench.engine;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Values and type names of the engines, written in one way. */
final class Values {
  private Values() {}

  static List<String> texts(Object[] row) {
    List<String> texts = new ArrayList<>(row.length);
    for (Object value : row) {
      texts.add(text(value));
    }
    return texts;
  }

  private static String text(Object value) {
    if (value == null) {
      return ResultTable.NULL;
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof Date date) {
      return date.toLocalDate().toString();
    }
    if (value instanceof Timestamp timestamp) {
      return timestamp.toInstant().toString();
    }
    // Numbers, text, booleans and the classes of java.time: both engines give the same classes.
    return value.toString();
  }

  /** Spark's name of a DuckDB type; a type that Spark has not keeps DuckDB's name in lower case. */
  static String sparkName(String duckDbType) {
    return switch (duckDbType) {
      case "VARCHAR" -> "string";
      case "INTEGER" -> "int";
      case "TIMESTAMP WITH TIME ZONE" -> "timestamp";
      case "TIMESTAMP" -> "timestamp_ntz";
      default -> duckDbType.toLowerCase(Locale.ROOT);
    };
  }
}
