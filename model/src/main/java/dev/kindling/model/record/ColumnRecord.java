package dev.kindling.model.record;

import static java.util.Objects.requireNonNull;

/**
 * A column of a table.
 *
 * @param type Spark DDL, such as {@code DECIMAL(12,2)}
 */
public record ColumnRecord(String name, String type, boolean nullable) {
  public ColumnRecord {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
  }
}
