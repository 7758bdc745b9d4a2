package dev.kindling.model.record;

/** How the rows of a table reach the tables that read it. */
public enum Materialisation {
  /** The table's query becomes a part of its readers' queries. */
  INLINED,
  /** Computed once, into a table of the embedded engine. */
  TEMPORARY,
  /** Computed once, into typed Parquet files. */
  STAGED
}
