package dev.kindling.model.record;

/** What an expectation found. */
public enum ExpectationStatus {
  /** Every row keeps it. */
  PASSED,
  /** Rows break it, and that failed the run. */
  FAILED,
  /** Rows break it, and they were counted, left out or put aside, as the pipeline says. */
  WARNED
}
