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
 */
public record QueryResult(Optional<Duration> planning, Duration execution, ResultTable rows) {
  public QueryResult {
    requireNonNull(planning, "planning is null");
    requireNonNull(execution, "execution is null");
    requireNonNull(rows, "rows is null");
  }
}
