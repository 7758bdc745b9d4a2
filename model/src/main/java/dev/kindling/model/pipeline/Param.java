package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.Redaction;

/**
 * A parameter: {@code :name} in SQL, {@code ${name}} in a path.
 *
 * @param sqlLiteral its value as a Spark SQL literal, such as {@code DATE'2026-01-01'}, {@code 5}
 *     or {@code 'x'}
 * @param position where the value is set; for a value from the command line, where its default is
 */
public record Param(String name, String sqlLiteral, Position position) {
  public Param {
    requireNonNull(name, "name is null");
    requireNonNull(sqlLiteral, "sqlLiteral is null");
    requireNonNull(position, "position is null");
  }

  /** The value without SQL's quotes and type names, as it is put into a path. */
  public String text() {
    return SqlLiterals.text(sqlLiteral);
  }

  /** Like any record's, but without the value where the name says that it is a secret. */
  @Override
  public String toString() {
    return "Param[name=" + name + ", sqlLiteral=" + Redaction.redact(name, sqlLiteral) + "]";
  }
}
