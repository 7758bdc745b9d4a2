package dev.kindling.runtime.script;

import static java.util.Objects.requireNonNull;

/**
 * A column of a result.
 *
 * @param type Spark SQL's name of the type, such as {@code DECIMAL(12,2)}
 * @param kind how a cell's text is to be understood
 */
public record ResultColumn(String name, String type, Kind kind) {
  /** What a cell's text is. */
  public enum Kind {
    /** Digits, perhaps with sign, point and exponent; also NaN and Infinity. */
    NUMBER,
    /** {@code true} or {@code false}. */
    BOOLEAN,
    /** Everything else, as {@code spark-sql} prints it. */
    TEXT
  }

  public ResultColumn {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(kind, "kind is null");
  }
}
