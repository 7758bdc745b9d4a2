package dev.kindling.cluster.sizing;

import dev.kindling.model.record.ColumnRecord;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The bytes of a row as Spark's planner estimates them without statistics: eight for the row, and
 * the default size of each column's type (EstimationUtils, DataType.defaultSize).
 */
final class RowWidth {
  private static final long PER_ROW = 8;
  private static final int LONG_DECIMAL = 18;
  private static final Map<String, Integer> SIZES =
      Map.ofEntries(
          Map.entry("BOOLEAN", 1),
          Map.entry("TINYINT", 1),
          Map.entry("SMALLINT", 2),
          Map.entry("INT", 4),
          Map.entry("BIGINT", 8),
          Map.entry("FLOAT", 4),
          Map.entry("DOUBLE", 8),
          Map.entry("DATE", 4),
          Map.entry("TIMESTAMP", 8),
          Map.entry("TIMESTAMP_NTZ", 8),
          Map.entry("STRING", 20),
          Map.entry("BINARY", 100));

  private RowWidth() {}

  /** Empty when a column has a type whose size Spark does not know beforehand, such as an array. */
  static OptionalLong of(List<ColumnRecord> columns) {
    long width = PER_ROW;
    for (ColumnRecord column : columns) {
      String type = column.type().toUpperCase(Locale.ROOT);
      if (type.startsWith("DECIMAL(")) {
        int precision = Integer.parseInt(type.substring(8, type.indexOf(',')).strip());
        width += precision <= LONG_DECIMAL ? 8 : 16;
      } else if (SIZES.containsKey(type)) {
        width += SIZES.get(type);
      } else {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.of(width);
  }
}
