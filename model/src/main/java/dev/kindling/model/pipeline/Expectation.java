package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** A rule that a table must keep: each of its rows, or all of them together. */
public sealed interface Expectation {
  /** What happens when it is broken. */
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
   * is NULL keeps the rule, as in a CHECK constraint of SQL. {@code check} is written so, and
   * {@code accepted_values}, {@code range} and {@code pattern} are short for one.
   *
   * @param describe one line, with the word that the rule is written with
   * @param sql the expression
   */
  record Check(String describe, String sql, OnViolation onViolation, Position position)
      implements Expectation {
    public Check {
      requireNonNull(describe, "describe is null");
      requireNonNull(sql, "sql is null");
      requireNonNull(onViolation, "onViolation is null");
      requireNonNull(position, "position is null");
    }
  }

  /**
   * The values in these columns, taken together, are found in another table, or in another row of
   * this one. Rows with a NULL in one of them keep the rule, as with a foreign key of SQL.
   *
   * @param table the other one
   * @param keys its columns, as many as there are columns
   */
  record References(
      List<String> columns,
      String table,
      List<String> keys,
      OnViolation onViolation,
      Position position)
      implements Expectation {
    public References {
      columns = Copies.nonEmpty(columns);
      requireNonNull(table, "table is null");
      keys = Copies.nonEmpty(keys);
      if (keys.size() != columns.size()) {
        throw new IllegalArgumentException(columns.size() + " columns, " + keys.size() + " keys");
      }
      requireNonNull(onViolation, "onViolation is null");
      requireNonNull(position, "position is null");
    }

    @Override
    public String describe() {
      return "references: %s in %s (%s)"
          .formatted(String.join(", ", columns), table, String.join(", ", keys));
    }
  }

  /**
   * A query that gives no row where the table is as it shall be; it looks at the table as a whole,
   * after rows that break other rules were left out. {@code query} is written so, and {@code
   * row_count}, {@code freshness} and {@code sum_equals} are short for one.
   *
   * @param describe one line, with the word that the rule is written with
   * @param sql the query
   * @param onViolation FAIL or WARN: there is no row to leave out
   */
  record Query(String describe, String sql, OnViolation onViolation, Position position)
      implements Expectation {
    public Query {
      requireNonNull(describe, "describe is null");
      requireNonNull(sql, "sql is null");
      if (onViolation != OnViolation.FAIL && onViolation != OnViolation.WARN) {
        throw new IllegalArgumentException("a table has no rows to leave out: " + onViolation);
      }
      requireNonNull(position, "position is null");
    }
  }
}
