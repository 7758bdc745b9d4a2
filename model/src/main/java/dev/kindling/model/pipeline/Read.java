package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.Redaction;
import java.util.Map;
import java.util.Optional;

/**
 * A table that is read from files.
 *
 * @param format Spark's name of the format in lower case, such as {@code csv}
 * @param path as written, with parameters put in; resolve it with {@link Pipeline#resolve}
 * @param schema Spark DDL, such as {@code id BIGINT, name STRING}
 * @param options further options of Spark's reader, as the user spelled them, in file order
 */
public record Read(
    String format,
    String path,
    Optional<String> schema,
    OnBadRecord onBadRecord,
    Map<String, String> options,
    Position position)
    implements Definition {
  public Read {
    requireNonNull(format, "format is null");
    requireNonNull(path, "path is null");
    requireNonNull(schema, "schema is null");
    requireNonNull(onBadRecord, "onBadRecord is null");
    options = Copies.ordered(options);
    requireNonNull(position, "position is null");
  }

  @Override
  public Position start() {
    return position;
  }

  /** Like any record's, but without the values of secrets. */
  @Override
  public String toString() {
    return "Read[format=%s, path=%s, schema=%s, onBadRecord=%s, options=%s, position=%s]"
        .formatted(format, path, schema, onBadRecord, Redaction.redact(options), position);
  }
}
