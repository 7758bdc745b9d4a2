package dev.kindling.storage;

/** What to do with a target that holds something already; Spark's save modes. */
public enum PublishMode {
  /** Replace the whole folder. */
  OVERWRITE,
  /** Add the new files to those that are there. */
  APPEND,
  /** Refuse to write, before any work starts. */
  ERROR,
  /** Leave the target as it is and skip the table's output. */
  IGNORE
}
