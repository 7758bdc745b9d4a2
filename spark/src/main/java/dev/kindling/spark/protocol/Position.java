package dev.kindling.spark.protocol;

import static java.util.Objects.requireNonNull;

/**
 * Where in the SQL text of the request an error lies.
 *
 * @param line from 1
 * @param column from 1
 * @param fragment the part of the text that Spark blames; empty where it names a point only
 */
public record Position(int line, int column, String fragment) {
  public Position {
    requireNonNull(fragment, "fragment is null");
  }
}
