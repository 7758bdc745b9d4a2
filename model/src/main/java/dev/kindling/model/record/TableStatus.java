package dev.kindling.model.record;

/** How far a table of a run came. */
public enum TableStatus {
  SUCCEEDED,
  FAILED,
  /** The run ended before this table was done. */
  SKIPPED,
  /** The run left it as an earlier run made it, because it would have the same rows again. */
  UNCHANGED
}
