package dev.kindling.spark.protocol;

/** How a request ended. */
public sealed interface Outcome extends Message permits Result, Failure {

  /**
   * The result, or the failure thrown as {@link dev.kindling.model.error.KindlingException}.
   *
   * @see Failure#toException()
   */
  Result orThrow();
}
