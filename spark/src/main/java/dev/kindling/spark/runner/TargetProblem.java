package dev.kindling.spark.runner;

import dev.kindling.spark.protocol.Failure;

/** Why an application cannot run on its target, found before it starts. */
final class TargetProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Failure.Kind kind;

  TargetProblem(Failure.Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  Failure.Kind kind() {
    return kind;
  }
}
