package dev.kindling.runtime;

import dev.kindling.embedded.EngineFailure;
import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.SqlException;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.util.List;

/** Decisions about the two engines that scripts and pipelines share. */
public final class Engines {
  private Engines() {}

  /**
   * What becomes of a failure of the embedded engine: a failure that Spark must judge is returned
   * as the reason to run there; one that Spark cannot mend is thrown.
   *
   * <p>Lack of memory or disk never sends a query to a local Spark, which needs more of both.
   *
   * @throws KindlingException OUT_OF_MEMORY, NO_SPACE or INTERRUPTED
   */
  public static String reasonForSpark(EngineFailure failure) {
    return switch (failure.reason()) {
      case OUT_OF_MEMORY ->
          throw new KindlingException(
              ErrorCode.OUT_OF_MEMORY,
              "The query needs more memory than its budget, even with spilling to disk: "
                  + firstLine(failure)
                  + " Give it more with --memory, for example --memory 8g, or use fewer threads:"
                  + " --threads 1.",
              failure);
      case NO_SPACE ->
          throw new KindlingException(
              ErrorCode.NO_SPACE,
              "The disk is full: "
                  + firstLine(failure)
                  + " Free some space, or let temporary files go to a larger disk, and run again.",
              failure);
      case CANCELLED -> {
        if (Interruption.requested()) {
          throw new KindlingException(ErrorCode.INTERRUPTED, "Interrupted.", failure);
        }
        // Nobody asked for it: the engine gives some errors of running queries this look.
        yield "the embedded engine stopped, and Spark decides: " + firstLine(failure);
      }
      case RAISED ->
          "the embedded engine raised an error, and Spark decides: " + firstLine(failure);
      case CORRUPT_INPUT ->
          "the embedded engine cannot read an input, and Spark decides: " + firstLine(failure);
      case INTERNAL -> "the embedded engine failed: " + firstLine(failure);
    };
  }

  /** The refusals on one line, as reasons for running on Spark. */
  public static String oneLine(List<Refusal> refusals) {
    return String.join("; ", refusals.stream().map(Refusal::text).distinct().toList());
  }

  /** The error for refusals where only the embedded engine may run. */
  public static KindlingException refused(String what, List<String> reasons) {
    return new KindlingException(
        ErrorCode.REFUSED,
        what
            + " cannot run on the embedded engine exactly as on Spark:\n  "
            + String.join("\n  ", reasons)
            + "\nWith '--engine auto' Spark runs it.");
  }

  /**
   * Whose fault it is that Spark refuses a query: the text's, or that of a value in it, as in
   * {@code SELECT 1/0}, which Spark works out before it runs the query. SQL calls those data
   * exceptions, class 22.
   */
  public static ErrorCode code(SqlException e) {
    return e.getMessage().contains("SQLSTATE: 22") ? ErrorCode.SPARK_ERROR : ErrorCode.SQL_INVALID;
  }

  /** Spark's message without the place at its end, for a message that begins with a better one. */
  public static String withoutPlace(String message) {
    return message.replaceFirst(";? line \\d+ pos \\d+\\s*$", "");
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
  }
}
