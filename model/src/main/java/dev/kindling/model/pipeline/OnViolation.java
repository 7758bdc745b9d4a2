package dev.kindling.model.pipeline;

/** What happens to a run, and to the rows at fault, when an expectation is violated. */
public enum OnViolation {
  /** The run fails and nothing of this table is published. */
  FAIL,
  /** The rows stay, and the run says how many they are. */
  WARN,
  /** The rows are left out, and the run says how many they are. */
  DROP,
  /** The rows are left out and kept, with the reason, in a folder of their own. */
  QUARANTINE
}
