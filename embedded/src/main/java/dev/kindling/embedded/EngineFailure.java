package dev.kindling.embedded;

/**
 * The embedded engine gave up while a query ran. Only {@link Reason#RAISED} says anything about the
 * query: Spark may answer it, and has the last word.
 */
public final class EngineFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why the engine gave up. */
  public enum Reason {
    /** A value could not be worked out: overflow, a cast, a division by zero. */
    RAISED,
    /** The memory budget is used up, spilling included. */
    OUT_OF_MEMORY,
    /** No space is left for spilling or for the result. */
    NO_SPACE,
    /** The statement was cancelled. */
    CANCELLED,
    /** An input file is not what its format says. */
    CORRUPT_INPUT,
    /** The engine itself is at fault. */
    INTERNAL
  }

  private final Reason reason;

  public EngineFailure(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
