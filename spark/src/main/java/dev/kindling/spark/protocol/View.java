package dev.kindling.spark.protocol;

import static java.util.Objects.requireNonNull;

/**
 * Registers files, or another source that Spark can read, as a temporary view. {@link
 * Result#schemaJson()} of the answer is the view's schema.
 *
 * @param name the view's name, without quotes; one that exists is replaced
 * @param source what to read
 */
public record View(String name, SourceSpec source) implements Request {
  public View {
    requireNonNull(name, "name is null");
    requireNonNull(source, "source is null");
  }
}
