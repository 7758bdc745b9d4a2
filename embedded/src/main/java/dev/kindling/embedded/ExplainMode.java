package dev.kindling.embedded;

/** A view of how a query is run. */
public enum ExplainMode {
  /** Spark's parsed plan. */
  PARSED,
  /** Spark's analysed plan: what is translated. */
  ANALYZED,
  /** What Spark's optimiser makes of it. */
  OPTIMIZED,
  /** DuckDB's physical plan: columns read, filters pushed down, files left out. */
  DUCKDB
}
