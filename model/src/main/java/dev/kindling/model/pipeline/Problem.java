package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import java.util.Locale;

/**
 * Something wrong in a pipeline file.
 *
 * @param message what failed, what was found, what is accepted, what to do; without the place
 */
public record Problem(Severity severity, ErrorCode code, Position position, String message) {
  public Problem {
    requireNonNull(severity, "severity is null");
    requireNonNull(code, "code is null");
    requireNonNull(position, "position is null");
    requireNonNull(message, "message is null");
  }

  /** {@code file:line:column: error: message}, as compilers print it. */
  @Override
  public String toString() {
    return position + ": " + severity.name().toLowerCase(Locale.ROOT) + ": " + message;
  }
}
