package dev.kindling.runtime.profile;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalLong;

/**
 * What is in a table. All counts are exact.
 *
 * @param name a path or the name of a table
 * @param duplicates rows that another row equals in all columns, but for one of each; empty where a
 *     column's values cannot be compared
 */
public record TableProfile(
    String name, long rows, OptionalLong duplicates, List<ColumnProfile> columns) {
  public TableProfile {
    requireNonNull(name, "name is null");
    requireNonNull(duplicates, "duplicates is null");
    columns = List.copyOf(columns);
  }
}
