package dev.kindling.model.record;

/** How far a table of a run came. */
public enum TableStatus {
  SUCCEEDED,
  FAILED,
  /** The run ended before this table was done. */
  SKIPPED
}
