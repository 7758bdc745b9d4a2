package dev.kindling.spark.protocol;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * Asks a class of the user's for its columns: it is called with tables without rows. {@link
 * Result#schemaJson()} of the answer has them.
 *
 * @param className a class as {@link TableMethod} takes it
 * @param inputs the schema of each table as JSON
 */
public record JavaSchema(String className, List<String> inputs, Map<String, String> options)
    implements Request {
  public JavaSchema {
    requireNonNull(className, "className is null");
    inputs = List.copyOf(inputs);
    options = Map.copyOf(options);
  }

  /** The names of the options only: values may be secret. */
  @Override
  public String toString() {
    return "JavaSchema[className=%s, options=%s]".formatted(className, options.keySet());
  }
}
