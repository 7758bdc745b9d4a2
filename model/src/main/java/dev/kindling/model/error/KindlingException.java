package dev.kindling.model.error;

import static java.util.Objects.requireNonNull;

/**
 * The one exception that carries an error to the user. The message says, in this order: what
 * failed, where, what was found, what is accepted, what to do.
 */
public final class KindlingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public KindlingException(ErrorCode code, String message) {
    super(requireNonNull(message, "message is null"));
    this.code = requireNonNull(code, "code is null");
  }

  public KindlingException(ErrorCode code, String message, Throwable cause) {
    super(requireNonNull(message, "message is null"), cause);
    this.code = requireNonNull(code, "code is null");
  }

  public ErrorCode code() {
    return code;
  }

  public ErrorKind kind() {
    return code.kind();
  }
}
