package dev.kindling.spark.extension;

import static java.util.Objects.requireNonNull;

import dev.kindling.embedded.PreparedQuery;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;

/**
 * A part of a session's plan that the embedded engine runs.
 *
 * @param session the session, whose settings hold
 * @param original the part as Spark has analysed it, for when Spark has to run it after all
 * @param query what the embedded engine makes of it
 */
public record TakenPart(SparkSession session, LogicalPlan original, PreparedQuery query) {
  public TakenPart {
    requireNonNull(session, "session is null");
    requireNonNull(original, "original is null");
    requireNonNull(query, "query is null");
  }
}
