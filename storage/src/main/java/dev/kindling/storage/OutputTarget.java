package dev.kindling.storage;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Where a table is to be written.
 *
 * @param target a folder; a relative path counts from the project folder
 */
public record OutputTarget(String table, Path target, PublishMode mode) {
  public OutputTarget {
    requireNonNull(table, "table is null");
    requireNonNull(target, "target is null");
    requireNonNull(mode, "mode is null");
  }
}
