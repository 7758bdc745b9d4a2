package dev.kindling.cluster.sizing;

import static java.util.Objects.requireNonNull;

/**
 * A point on which rules of thumb differ from each other or from Spark.
 *
 * @param topic what it is about
 * @param used what this sizing goes by, and what comes out
 * @param other what another source says, and what would come out
 */
public record Disagreement(String topic, String used, String other) {
  public Disagreement {
    requireNonNull(topic, "topic is null");
    requireNonNull(used, "used is null");
    requireNonNull(other, "other is null");
  }
}
