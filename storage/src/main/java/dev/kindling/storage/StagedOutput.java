package dev.kindling.storage;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * An output that is written aside and published later; made by {@link Staging}.
 *
 * @param target the absolute path of the folder to publish to, symbolic links followed
 * @param staging the folder to write to: on the target's file system, with a name that Spark and
 *     Kindling pass over when they list files
 */
public record StagedOutput(String table, Path target, Path staging, PublishMode mode) {
  public StagedOutput {
    requireNonNull(table, "table is null");
    requireNonNull(target, "target is null");
    requireNonNull(staging, "staging is null");
    requireNonNull(mode, "mode is null");
  }
}
