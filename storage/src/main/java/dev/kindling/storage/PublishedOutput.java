package dev.kindling.storage;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * An output that reached its target.
 *
 * @param target the absolute path of the folder, symbolic links followed
 * @param files how many data files this run brought; hidden files are not counted
 * @param bytes the size of those files
 */
public record PublishedOutput(String table, Path target, PublishMode mode, int files, long bytes) {
  public PublishedOutput {
    requireNonNull(table, "table is null");
    requireNonNull(target, "target is null");
    requireNonNull(mode, "mode is null");
  }
}
