package dev.kindling.spark.protocol;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * One statement that changes or shows the session: SET, CREATE TEMPORARY VIEW, USE, SHOW, DESCRIBE,
 * EXPLAIN. The rows that it returns come back in {@link Result#inline()} as text cells, formatted
 * as the {@code spark-sql} shell prints them.
 *
 * @param sql the text without a closing semicolon
 * @param params named parameters: name without the colon → SQL literal text, such as {@code
 *     DATE'2026-01-01'}
 */
public record Statement(String sql, Map<String, String> params) implements Request {
  public Statement {
    requireNonNull(sql, "sql is null");
    params = Map.copyOf(params);
  }

  public Statement(String sql) {
    this(sql, Map.of());
  }
}
