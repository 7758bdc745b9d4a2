package dev.kindling.embedded.translate;

import static java.util.Objects.requireNonNull;

import dev.kindling.embedded.sql.Query;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A query in DuckDB's SQL.
 *
 * @param query the whole statement; its columns have the exact DuckDB types of the Spark schema, in
 *     order
 * @param ordered whether the rows come in an order that the user asked for
 * @param reassociated the places of output columns whose last digits depend on the order of
 *     floating-point additions
 * @param unordered the places of output columns that are arrays whose elements may come in any
 *     order
 * @param notComparable why two right answers may have different rows; empty when they may not
 * @param reads the names of the base tables
 * @param functions the functions of Spark's code that it calls
 */
public record TranslatedQuery(
    Query query,
    boolean ordered,
    Set<Integer> reassociated,
    Set<Integer> unordered,
    Optional<String> notComparable,
    Set<String> reads,
    Set<SparkFunction> functions) {
  public TranslatedQuery {
    requireNonNull(query, "query is null");
    reassociated = Set.copyOf(reassociated);
    unordered = Set.copyOf(unordered);
    requireNonNull(notComparable, "notComparable is null");
    reads = Set.copyOf(reads);
    functions = Set.copyOf(functions);
  }

  static Optional<String> joined(List<String> reasons) {
    return reasons.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join("; ", reasons.stream().distinct().toList()));
  }
}
