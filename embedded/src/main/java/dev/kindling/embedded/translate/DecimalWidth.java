package dev.kindling.embedded.translate;

/** How many digits DuckDB may use for decimal arithmetic. */
public enum DecimalWidth {
  /** 64 bits where both operands fit: fast, and raises when a result does not fit. */
  NARROW,
  /** 128 bits wherever Spark's result type may need them. */
  WIDE
}
