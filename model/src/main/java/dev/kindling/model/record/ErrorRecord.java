package dev.kindling.model.record;

import static java.util.Objects.requireNonNull;

/**
 * The error that ended a run.
 *
 * @param code the name of an {@link dev.kindling.model.error.ErrorCode}
 */
public record ErrorRecord(String code, String message) {
  public ErrorRecord {
    requireNonNull(code, "code is null");
    requireNonNull(message, "message is null");
  }
}
