package dev.kindling.model.error;

/** Who can mend an error, which also decides the exit code of a command that ends with it. */
public enum ErrorKind {
  /** The user's pipeline, SQL, data or command line is at fault. */
  USER(2),
  /**
   * The pipeline is sound, but running it failed: data that breaks a rule, an error raised by SQL.
   */
  PIPELINE(1),
  /** An expectation of the pipeline failed. */
  QUALITY(3),
  /** The machine, a file system or a cluster is at fault; trying again may help. */
  ENVIRONMENT(5),
  /** Memory, disk or a lock is short; trying again, or with more, may help. */
  RESOURCE(5),
  /** Kindling itself is at fault. */
  BUG(1);

  private final int exitCode;

  ErrorKind(int exitCode) {
    this.exitCode = exitCode;
  }

  /** The exit code of a command that ends with an error of this kind. */
  public int exitCode() {
    return exitCode;
  }
}
