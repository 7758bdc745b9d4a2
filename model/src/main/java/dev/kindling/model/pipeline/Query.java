package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

/**
 * A table that is computed by a query.
 *
 * @param sql Spark SQL, as Spark's parser gets it
 * @param source where each character of {@code sql} stands in the user's files
 */
public record Query(String sql, SqlSource source) implements Definition {
  public Query {
    requireNonNull(sql, "sql is null");
    requireNonNull(source, "source is null");
  }

  @Override
  public Position start() {
    return source.start();
  }
}
