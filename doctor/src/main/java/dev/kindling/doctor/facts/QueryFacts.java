package dev.kindling.doctor.facts;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * A query of Spark SQL.
 *
 * @param id Spark's number of its execution
 * @param description the text or place in the code that started it
 * @param started milliseconds since 1970
 * @param ended empty when the log ends before
 * @param error Spark's message; empty text when it succeeded or did not end
 * @param plan the last plan that Spark reported
 */
public record QueryFacts(
    long id, String description, long started, OptionalLong ended, String error, PlanNode plan) {
  public QueryFacts {
    requireNonNull(description, "description is null");
    requireNonNull(ended, "ended is null");
    requireNonNull(error, "error is null");
    requireNonNull(plan, "plan is null");
  }
}
