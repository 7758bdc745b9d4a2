package dev.kindling.spark.protocol;

/**
 * Stops a request that waits or runs; its own answer is then a {@link Failure} of kind CANCELLED.
 * This request itself has no answer.
 *
 * @param request the id of the request to stop
 */
public record Cancel(long request) implements Request {}
