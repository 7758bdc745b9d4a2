package dev.kindling.doctor.facts;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * An executor.
 *
 * @param added milliseconds since 1970
 * @param removed empty when it stayed to the end of the log
 * @param reason why it went, in Spark's words; empty text when it stayed
 */
public record ExecutorFacts(
    String id, String host, int cores, long added, OptionalLong removed, String reason) {
  public ExecutorFacts {
    requireNonNull(id, "id is null");
    requireNonNull(host, "host is null");
    requireNonNull(removed, "removed is null");
    requireNonNull(reason, "reason is null");
  }
}
