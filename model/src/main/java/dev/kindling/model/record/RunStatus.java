package dev.kindling.model.record;

/** How a run ended. */
public enum RunStatus {
  SUCCEEDED,
  FAILED,
  /** By Ctrl-C, or by a signal to the process. */
  INTERRUPTED
}
