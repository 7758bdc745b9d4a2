package dev.kindling.model.record;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.pipeline.WriteMode;

/**
 * An output that a run made visible.
 *
 * @param files how many data files it wrote
 * @param bytes the size of these files
 */
public record PublishedOutput(String table, String path, WriteMode mode, long files, long bytes) {
  public PublishedOutput {
    requireNonNull(table, "table is null");
    requireNonNull(path, "path is null");
    requireNonNull(mode, "mode is null");
  }
}
