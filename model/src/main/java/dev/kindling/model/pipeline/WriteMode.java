package dev.kindling.model.pipeline;

/** What a write does with an output that is already there: Spark's save modes. */
public enum WriteMode {
  /** Replaces it. */
  OVERWRITE,
  /** Adds files to it. */
  APPEND,
  /** Fails. */
  ERROR,
  /** Leaves it as it is and writes nothing. */
  IGNORE
}
