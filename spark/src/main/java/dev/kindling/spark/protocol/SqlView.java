package dev.kindling.spark.protocol;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Registers a query as a temporary view. Unlike CREATE TEMPORARY VIEW it accepts parameters, whose
 * values are fixed now.
 *
 * @param name the view's name, without quotes; one that exists is replaced
 * @param sql the query
 * @param params named parameters: name without the colon → SQL literal text
 */
public record SqlView(String name, String sql, Map<String, String> params) implements Request {
  public SqlView {
    requireNonNull(name, "name is null");
    requireNonNull(sql, "sql is null");
    params = Map.copyOf(params);
  }
}
