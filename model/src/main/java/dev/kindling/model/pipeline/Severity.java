package dev.kindling.model.pipeline;

/** Whether a problem keeps a pipeline from running. */
public enum Severity {
  ERROR,
  WARNING
}
