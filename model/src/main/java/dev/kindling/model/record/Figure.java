package dev.kindling.model.record;

import static java.util.Objects.requireNonNull;

/**
 * A number of a table that is looked at over its runs.
 *
 * @param subject the column of a share of NULL, the expectation of violations; empty otherwise
 */
public record Figure(Kind kind, String subject) {
  /** What a number says. */
  public enum Kind {
    /** How many rows the table has. */
    ROWS,
    /** How large a part of its rows has NULL in a column, from 0 to 1. */
    NULL_SHARE,
    /** How many rows break an expectation. */
    VIOLATIONS,
    /** How long it ran, in milliseconds. */
    TIME
  }

  public Figure {
    requireNonNull(kind, "kind is null");
    requireNonNull(subject, "subject is null");
  }

  /** A figure of the table as a whole. */
  public static Figure of(Kind kind) {
    return new Figure(kind, "");
  }
}
