package dev.kindling.model.pipeline;

/** Which engine runs the tables of a pipeline. */
public enum Engine {
  /** Decided per table: embedded where it gives Spark's answers, Spark elsewhere. */
  AUTO,
  /** DuckDB in this process, and an error for a table that it cannot run exactly. */
  EMBEDDED,
  /** Apache Spark in a process of its own. */
  SPARK;
}
