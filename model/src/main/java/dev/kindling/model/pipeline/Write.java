package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.Redaction;
import java.util.List;
import java.util.Map;

/**
 * Where the rows of a table are published.
 *
 * @param format Spark's name of the format in lower case, such as {@code parquet}
 * @param path as written, with parameters put in; resolve it with {@link Pipeline#resolve}
 * @param partitionBy columns, outermost folder first; empty for none
 * @param options further options of Spark's writer, as the user spelled them, in file order
 */
public record Write(
    String format,
    String path,
    WriteMode mode,
    List<String> partitionBy,
    Map<String, String> options,
    Position position) {
  public Write {
    requireNonNull(format, "format is null");
    requireNonNull(path, "path is null");
    requireNonNull(mode, "mode is null");
    partitionBy = List.copyOf(partitionBy);
    options = Copies.ordered(options);
    requireNonNull(position, "position is null");
  }

  /** Like any record's, but without the values of secrets. */
  @Override
  public String toString() {
    return "Write[format=%s, path=%s, mode=%s, partitionBy=%s, options=%s, position=%s]"
        .formatted(format, path, mode, partitionBy, Redaction.redact(options), position);
  }
}
