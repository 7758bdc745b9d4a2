package dev.kindling.bench.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * What one run of a query took and gave.
 *
 * @param planning from the SQL text to something that can be executed, where the engine tells the
 *     two apart
 * @param execution the rest, or everything where it does not
 * @param ordering the order that the query asks for, where the engine tells it
 * @param sparkCode whether an engine that is not Spark calls Spark's own code for a part of it
 */
public record QueryResult(
    Optional<Duration> planning,
    Duration execution,
    ResultTable rows,
    Optional<Ordering> ordering,
    boolean sparkCode) {
  public QueryResult {
    requireNonNull(planning, "planning is null");
    requireNonNull(execution, "execution is null");
    requireNonNull(rows, "rows is null");
    requireNonNull(ordering, "ordering is null");
  }
}
