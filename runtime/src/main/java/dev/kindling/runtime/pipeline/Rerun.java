package dev.kindling.runtime.pipeline;

/** Which of the tables that are wanted run. */
public enum Rerun {
  /** All of them. */
  ALL,
  /** Those that may have other rows than their last run left. */
  CHANGED;

  /** How the reason why such a table runs begins. */
  public static final String WHY = "it runs: ";
}
