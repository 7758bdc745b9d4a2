package dev.kindling.spark.protocol;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A source as Spark's {@code DataFrameReader} takes it.
 *
 * @param format Spark's name of the format: parquet, csv, json, orc, text, …
 * @param paths files, folders or glob patterns; empty for formats without a path
 * @param schema DDL ({@code id BIGINT, day DATE}) or the JSON of a StructType; empty lets Spark
 *     infer it
 * @param options the reader's options, with Spark's names and defaults
 */
public record SourceSpec(
    String format, List<String> paths, Optional<String> schema, Map<String, String> options) {
  public SourceSpec {
    requireNonNull(format, "format is null");
    paths = List.copyOf(paths);
    requireNonNull(schema, "schema is null");
    options = Map.copyOf(options);
  }

  public static SourceSpec parquet(String... paths) {
    return new SourceSpec("parquet", List.of(paths), Optional.empty(), Map.of());
  }

  /** The names of the options only: values may be secret. */
  @Override
  public String toString() {
    return "SourceSpec[format=%s, paths=%s, schema=%s, options=%s]"
        .formatted(format, paths, schema, options.keySet());
  }
}
