package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** A rule that the rows of a table must keep. */
public sealed interface Expectation {
  /** What happens when a row breaks it. */
  OnViolation onViolation();

  /** Where it is written. */
  Position position();

  /** One line for summaries and reports, such as {@code not_null: order_id, customer_id}. */
  String describe();

  /** No NULL in any of these columns. */
  record NotNull(List<String> columns, OnViolation onViolation, Position position)
      implements Expectation {
    public NotNull {
      columns = Copies.nonEmpty(columns);
      requireNonNull(onViolation, "onViolation is null");
      requireNonNull(position, "position is null");
    }

    @Override
    public String describe() {
      return "not_null: " + String.join(", ", columns);
    }
  }

  /**
   * No two rows with the same values in these columns, taken together. Rows with a NULL in one of
   * them are not compared, as in a UNIQUE constraint of SQL.
   */
  record Unique(List<String> columns, OnViolation onViolation, Position position)
      implements Expectation {
    public Unique {
      columns = Copies.nonEmpty(columns);
      requireNonNull(onViolation, "onViolation is null");
      requireNonNull(position, "position is null");
    }

    @Override
    public String describe() {
      return "unique: " + String.join(", ", columns);
    }
  }

  /**
   * A boolean SQL expression over the table's columns that no row makes false. A row for which it
   * is NULL keeps the rule, as in a CHECK constraint of SQL.
   */
  record Check(String sql, OnViolation onViolation, Position position) implements Expectation {
    public Check {
      requireNonNull(sql, "sql is null");
      requireNonNull(onViolation, "onViolation is null");
      requireNonNull(position, "position is null");
    }

    @Override
    public String describe() {
      return "check: " + sql.strip().replaceAll("\\s+", " ");
    }
  }
}
