package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A table that has rows of a test's own in place of those that the pipeline reads or computes. They
 * are what its readers see: the table's expectations are not applied to them.
 *
 * @param table its name as the pipeline spells it
 * @param schema its columns as Spark's DDL; empty for those that it has in the pipeline
 */
public record GivenTable(String table, Position position, Optional<String> schema, TestRows rows) {
  public GivenTable {
    requireNonNull(table, "table is null");
    requireNonNull(position, "position is null");
    requireNonNull(schema, "schema is null");
    requireNonNull(rows, "rows is null");
  }
}
