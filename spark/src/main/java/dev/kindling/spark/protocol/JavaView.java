package dev.kindling.spark.protocol;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * Registers what a class of the user's makes of other views as a temporary view. {@link
 * Result#schemaJson()} of the answer is the view's schema.
 *
 * @param name the view's name, without quotes; one that exists is replaced
 * @param className a class as {@link TableMethod} takes it
 * @param inputs the names of the views, without quotes, in the order of the parameters
 */
public record JavaView(
    String name, String className, List<String> inputs, Map<String, String> options)
    implements Request {
  public JavaView {
    requireNonNull(name, "name is null");
    requireNonNull(className, "className is null");
    inputs = List.copyOf(inputs);
    options = Map.copyOf(options);
  }

  /** The names of the options only: values may be secret. */
  @Override
  public String toString() {
    return "JavaView[name=%s, className=%s, inputs=%s, options=%s]"
        .formatted(name, className, inputs, options.keySet());
  }
}
