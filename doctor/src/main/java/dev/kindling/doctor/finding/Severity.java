package dev.kindling.doctor.finding;

/** How much a finding matters, the least first. */
public enum Severity {
  /** Worth to know; nothing is lost. */
  INFO,
  /** Costs time or money. */
  WARNING,
  /** The run failed by it, or most of its time goes there. */
  CRITICAL
}
