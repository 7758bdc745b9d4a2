package dev.kindling.spark.protocol;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.OptionalLong;

/**
 * A query whose rows go to {@code output}. A command with rows, such as SHOW TABLES, is accepted
 * too.
 *
 * @param sql the text without a closing semicolon
 * @param params named parameters: name without the colon → SQL literal text, such as {@code
 *     DATE'2026-01-01'}
 * @param output where the rows go and in which form
 * @param limit the largest number of rows to take, of a sorted query the first ones; empty for all
 */
public record Query(String sql, Map<String, String> params, Output output, OptionalLong limit)
    implements Request {
  public Query {
    requireNonNull(sql, "sql is null");
    params = Map.copyOf(params);
    requireNonNull(output, "output is null");
    if (limit.isPresent() && limit.getAsLong() < 0) {
      throw new IllegalArgumentException("limit must not be negative, was " + limit.getAsLong());
    }
  }

  public Query(String sql, Output output) {
    this(sql, Map.of(), output, OptionalLong.empty());
  }
}
