package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

/**
 * What a test says of a table's rows. Only columns that its rows name are compared.
 *
 * @param table its name as the pipeline spells it
 * @param ordered whether the order of the rows counts
 * @param exactColumns whether a column that the rows do not name is a difference
 */
public record ExpectedTable(
    String table, Position position, TestRows rows, boolean ordered, boolean exactColumns) {
  public ExpectedTable {
    requireNonNull(table, "table is null");
    requireNonNull(position, "position is null");
    requireNonNull(rows, "rows is null");
  }
}
