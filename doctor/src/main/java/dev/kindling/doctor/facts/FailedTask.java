package dev.kindling.doctor.facts;

import static java.util.Objects.requireNonNull;

/**
 * A task that did not succeed.
 *
 * @param kind Spark's word: ExceptionFailure, ExecutorLostFailure, FetchFailed, TaskKilled, …
 * @param message the first line of what it said; may be empty
 */
public record FailedTask(String kind, String message, String executor, long millis) {
  public FailedTask {
    requireNonNull(kind, "kind is null");
    requireNonNull(message, "message is null");
    requireNonNull(executor, "executor is null");
  }

  /** Whether Spark ended it itself because another copy was done, which is no failure. */
  public boolean wasSuperseded() {
    return kind.equals("TaskKilled");
  }
}
