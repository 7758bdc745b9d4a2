package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.Redaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table that is computed by a class of the user's, on Spark.
 *
 * @param className with its package, such as {@code com.acme.Score}
 * @param inputs tables of the pipeline, in the order of the method's parameters
 * @param options for the class, in file order
 * @param schema the columns that it gives, as Spark DDL; empty to have the class tell them
 */
public record JavaCall(
    String className,
    List<String> inputs,
    Map<String, String> options,
    Optional<String> schema,
    Position position)
    implements Definition {
  public JavaCall {
    requireNonNull(className, "className is null");
    inputs = List.copyOf(inputs);
    options = Copies.ordered(options);
    requireNonNull(schema, "schema is null");
    requireNonNull(position, "position is null");
  }

  @Override
  public Position start() {
    return position;
  }

  /** Like any record's, but without the values of secrets. */
  @Override
  public String toString() {
    return "JavaCall[className=%s, inputs=%s, options=%s, schema=%s, position=%s]"
        .formatted(className, inputs, Redaction.redact(options), schema, position);
  }
}
