package dev.kindling.runtime.submit;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How a submission ended.
 *
 * @param exitCode as spark-submit gives it: the application's own; of a driver that ran on the
 *     cluster 0 or 1
 * @param failedDriver the id of a driver that ran on the cluster and failed
 * @param state of such a driver
 */
public record SubmitEnd(int exitCode, Optional<String> failedDriver, String state) {
  public SubmitEnd {
    requireNonNull(failedDriver, "failedDriver is null");
    requireNonNull(state, "state is null");
  }

  static SubmitEnd of(int exitCode) {
    return new SubmitEnd(exitCode, Optional.empty(), "");
  }
}
