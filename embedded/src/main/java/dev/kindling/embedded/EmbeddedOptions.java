package dev.kindling.embedded;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What an embedded session may use.
 *
 * @param memoryBytes the most memory for DuckDB's buffers; empty for half of the machine's
 * @param spillFolder where intermediate results go that do not fit; made on demand
 * @param threads how many threads run a query, at least 1
 * @param conf Spark SQL settings by key
 */
public record EmbeddedOptions(
    OptionalLong memoryBytes, Path spillFolder, int threads, Map<String, String> conf) {
  public EmbeddedOptions {
    requireNonNull(memoryBytes, "memoryBytes is null");
    requireNonNull(spillFolder, "spillFolder is null");
    conf = Map.copyOf(conf);
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, was " + threads);
    }
  }
}
