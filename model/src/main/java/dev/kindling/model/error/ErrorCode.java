package dev.kindling.model.error;

/**
 * Every error that Kindling itself reports, by a name that stays the same over versions. Errors
 * that Spark decides keep Spark's own error class and appear here as {@link #SPARK_ERROR}.
 */
public enum ErrorCode {
  /** An error raised by Spark; the message starts with Spark's own error class in brackets. */
  SPARK_ERROR(ErrorKind.PIPELINE),
  /** Spark's process could not start, died, or was killed. */
  SPARK_PROCESS(ErrorKind.ENVIRONMENT),
  /** Spark's parser or analyser refuses the SQL text: syntax, unknown column, type mismatch. */
  SQL_INVALID(ErrorKind.USER),
  /** An option or an argument of the command line is wrong. */
  USAGE(ErrorKind.USER),
  /** A file or folder that the user names does not exist. */
  FILE_NOT_FOUND(ErrorKind.USER),
  /** A file exists but cannot be read or written. */
  FILE_ACCESS(ErrorKind.ENVIRONMENT),
  /** A data file is not what its format says: cut short, overwritten, of another format. */
  FILE_CORRUPT(ErrorKind.USER),
  /** The disk, or the quota on it, is full. */
  NO_SPACE(ErrorKind.RESOURCE),
  /** A query needs more memory than its budget, even with spilling. */
  OUT_OF_MEMORY(ErrorKind.RESOURCE),
  /**
   * A table needs more memory and disk than this machine has for it, as far as can be estimated.
   */
  TOO_LARGE(ErrorKind.RESOURCE),
  /** The user pressed Ctrl-C or the process was asked to stop. */
  INTERRUPTED(ErrorKind.RESOURCE),
  /** The pipeline file is not YAML: its syntax or its encoding is wrong. */
  PIPELINE_SYNTAX(ErrorKind.USER),
  /** The pipeline file has a key that has no meaning where it stands. */
  PIPELINE_UNKNOWN_KEY(ErrorKind.USER),
  /** The pipeline file has a key that a later version of Kindling gives a meaning. */
  PIPELINE_NOT_AVAILABLE(ErrorKind.USER),
  /** The pipeline file lacks a key that is needed, or has two that exclude each other. */
  PIPELINE_MISSING_KEY(ErrorKind.USER),
  /** The pipeline file has a name or key twice. */
  PIPELINE_DUPLICATE(ErrorKind.USER),
  /** A value in the pipeline file has the wrong YAML type, such as a list in the place of text. */
  PIPELINE_TYPE(ErrorKind.USER),
  /** A value in the pipeline file has the right type and is not accepted. */
  PIPELINE_VALUE(ErrorKind.USER),
  /** Paths in the pipeline file overlap: two outputs, or an output and an input. */
  PIPELINE_PATH_CONFLICT(ErrorKind.USER),
  /** A parameter or an environment variable that the pipeline file uses is not set. */
  PIPELINE_UNKNOWN_PARAM(ErrorKind.USER),
  /** A table of the pipeline depends on itself. */
  PIPELINE_CYCLE(ErrorKind.USER),
  /** A record of an earlier run is damaged or written by a newer version. */
  RECORD_INVALID(ErrorKind.ENVIRONMENT),
  /** Another run holds the project. */
  PROJECT_LOCKED(ErrorKind.RESOURCE),
  /** An output's target holds something already, and the mode forbids to replace or extend it. */
  OUTPUT_EXISTS(ErrorKind.USER),
  /** An output's target is of a kind that cannot be written as a folder. */
  OUTPUT_INVALID(ErrorKind.USER),
  /** Only the embedded engine may run, and it cannot run this exactly as Spark does. */
  REFUSED(ErrorKind.USER),
  /** A class that computes a table is not there, has no such method, or gives other columns. */
  JAVA_CLASS(ErrorKind.USER),
  /** Rows of a table break an expectation that fails the run. */
  EXPECTATION_FAILED(ErrorKind.QUALITY),
  /** A record of a source does not fit its schema, and the pipeline says that it must. */
  BAD_RECORD(ErrorKind.PIPELINE),
  /** The pipeline has no target of that name, and there is no cluster of that name either. */
  TARGET_UNKNOWN(ErrorKind.USER),
  /** A target lacks what its kind of cluster needs, or names a Spark that Kindling cannot use. */
  TARGET_SETTINGS(ErrorKind.USER),
  /** The master of a target does not answer. */
  TARGET_UNREACHABLE(ErrorKind.ENVIRONMENT),
  /** The master of a target does not take the application: another secret, another version. */
  TARGET_REFUSED(ErrorKind.USER),
  /** A target has nothing free for the application. */
  TARGET_RESOURCES(ErrorKind.RESOURCE),
  /** A worker of a target does not see a folder that the run reads or writes. */
  TARGET_PATHS(ErrorKind.USER),
  /** An application in Python has no Python, or no Python that knows Spark, to run with. */
  PYTHON_MISSING(ErrorKind.ENVIRONMENT),
  /** Packages that an application asks for cannot be fetched. */
  PACKAGES_UNRESOLVED(ErrorKind.ENVIRONMENT),
  /** The two engines gave different rows. */
  ENGINES_DIFFER(ErrorKind.PIPELINE),
  /** A cluster of that name runs already. */
  CLUSTER_EXISTS(ErrorKind.USER),
  /** There is no cluster, or no process of a cluster, of that name. */
  CLUSTER_NOT_FOUND(ErrorKind.USER),
  /** A process of a cluster did not start, did not register with its Master, or ended. */
  CLUSTER_FAILED(ErrorKind.ENVIRONMENT),
  /** Another command changes the cluster. */
  CLUSTER_BUSY(ErrorKind.RESOURCE),
  /** A port that a process is to listen on is taken. */
  PORT_TAKEN(ErrorKind.ENVIRONMENT),
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
