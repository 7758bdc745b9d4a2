package dev.kindling.spark.protocol;

import static java.util.Objects.requireNonNull;

/**
 * A file written for {@link Output.Staged}.
 *
 * @param path relative to the staging folder, with {@code /} between its parts
 * @param bytes its size
 */
public record StagedFile(String path, long bytes) {
  public StagedFile {
    requireNonNull(path, "path is null");
  }
}
