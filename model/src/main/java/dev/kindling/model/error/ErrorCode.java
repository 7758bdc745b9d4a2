package dev.kindling.model.error;

/**
 * Every error that Kindling itself reports, by a name that stays the same over versions. Errors
 * that Spark decides keep Spark's own error class and appear here as {@link #SPARK_ERROR}.
 */
public enum ErrorCode {
  /** An error raised by Spark; the message starts with Spark's own error class in brackets. */
  SPARK_ERROR(ErrorKind.PIPELINE),
  /** Spark's parser or analyser refuses the SQL text: syntax, unknown column, type mismatch. */
  SQL_INVALID(ErrorKind.USER),
  /** An option or an argument of the command line is wrong. */
  USAGE(ErrorKind.USER),
  /** A file or folder that the user names does not exist. */
  FILE_NOT_FOUND(ErrorKind.USER),
  /** A file exists but cannot be read or written. */
  FILE_ACCESS(ErrorKind.ENVIRONMENT),
  /** The disk, or the quota on it, is full. */
  NO_SPACE(ErrorKind.RESOURCE),
  /** A query needs more memory than its budget, even with spilling. */
  OUT_OF_MEMORY(ErrorKind.RESOURCE),
  /** The user pressed Ctrl-C or the process was asked to stop. */
  INTERRUPTED(ErrorKind.RESOURCE),
  /** Something that should be impossible happened. */
  INTERNAL(ErrorKind.BUG);

  private final ErrorKind kind;

  ErrorCode(ErrorKind kind) {
    this.kind = kind;
  }

  public ErrorKind kind() {
    return kind;
  }
}
