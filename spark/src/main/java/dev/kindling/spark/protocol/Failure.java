package dev.kindling.spark.protocol;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.util.List;
import java.util.Optional;

/**
 * A request that ended with an error. The process and its session stay usable.
 *
 * @param kind what went wrong
 * @param errorClass Spark's error class, such as {@code DIVIDE_BY_ZERO} or {@code
 *     UNRESOLVED_COLUMN.WITH_SUGGESTION}
 * @param sqlState the SQLSTATE, such as {@code 22012}
 * @param message Spark's own text, which starts with the error class in brackets
 * @param position where in the SQL text, when Spark tells
 * @param causes the messages of the exceptions behind this one, outermost first
 */
public record Failure(
    Kind kind,
    Optional<String> errorClass,
    Optional<String> sqlState,
    String message,
    Optional<Position> position,
    List<String> causes)
    implements Outcome {

  /** What went wrong, as far as it decides who can mend it. */
  public enum Kind {
    /** The parser refuses the text. */
    SYNTAX,
    /** The analyser refuses the query: unknown column, wrong type, unknown table. */
    ANALYSIS,
    /** The query is sound; running it failed, on the data or on a source. */
    EXECUTION,
    /** Memory is short. */
    MEMORY,
    /** Somebody asked to stop. */
    CANCELLED,
    /** The target's master does not answer. */
    TARGET_UNREACHABLE,
    /** The target's master does not take the application: its secret, its version. */
    TARGET_REFUSED,
    /** The target has nothing free for the application. */
    TARGET_RESOURCES,
    /** Spark, or the runner, is at fault. */
    INTERNAL
  }

  public Failure {
    requireNonNull(kind, "kind is null");
    requireNonNull(errorClass, "errorClass is null");
    requireNonNull(sqlState, "sqlState is null");
    requireNonNull(message, "message is null");
    requireNonNull(position, "position is null");
    causes = List.copyOf(causes);
  }

  /** Whether the user's SQL or data is at fault, not the machine and not Spark. */
  public boolean isUserError() {
    return switch (kind) {
      case SYNTAX, ANALYSIS -> true;
      case EXECUTION -> errorClass.isPresent();
      case MEMORY, CANCELLED, TARGET_UNREACHABLE, TARGET_REFUSED, TARGET_RESOURCES, INTERNAL ->
          false;
    };
  }

  /** This failure as the exception that is shown to the user. */
  public KindlingException toException() {
    ErrorCode code =
        switch (kind) {
          case SYNTAX, ANALYSIS -> ErrorCode.SQL_INVALID;
          case EXECUTION, INTERNAL -> ErrorCode.SPARK_ERROR;
          case MEMORY -> ErrorCode.OUT_OF_MEMORY;
          case CANCELLED -> ErrorCode.INTERRUPTED;
          case TARGET_UNREACHABLE -> ErrorCode.TARGET_UNREACHABLE;
          case TARGET_REFUSED -> ErrorCode.TARGET_REFUSED;
          case TARGET_RESOURCES -> ErrorCode.TARGET_RESOURCES;
        };
    return new KindlingException(code, message);
  }

  @Override
  public Result orThrow() {
    throw toException();
  }
}
