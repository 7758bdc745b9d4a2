package dev.kindling.doctor.finding;

/** How sure a finding is of its cause. */
public enum Confidence {
  /** The figures fit other causes as well. */
  LOW,
  /** The figures fit, and little else explains them. */
  MEDIUM,
  /** The log says so. */
  HIGH
}
