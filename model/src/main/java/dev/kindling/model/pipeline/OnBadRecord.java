package dev.kindling.model.pipeline;

/** What happens to a record of a source that does not fit the declared schema. */
public enum OnBadRecord {
  /** The run fails and names the file and the line. */
  FAIL,
  /** The record is left out and kept, with its file, line and reason, in a folder of its own. */
  QUARANTINE,
  /** Spark's PERMISSIVE mode: fields that do not fit become NULL. */
  PERMISSIVE,
  /** Spark's DROPMALFORMED mode: the record is left out, and the run says how many were. */
  DROP
}
