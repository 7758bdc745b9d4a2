package dev.kindling.storage;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One thing that {@link Recovery} put right.
 *
 * @param table the table concerned; empty for temporary files, which belong to the whole run
 * @param text one line for a person
 */
public record RecoveredAction(Kind kind, RunId run, Optional<String> table, String text) {
  public RecoveredAction {
    requireNonNull(kind, "kind is null");
    requireNonNull(run, "run is null");
    requireNonNull(table, "table is null");
    requireNonNull(text, "text is null");
  }

  /** What became of the output or the files. */
  public enum Kind {
    /** The run had finished its work; its output is now in its place. */
    PUBLISHED,
    /** The new version is lost; the version before the run is in its place again. */
    RESTORED,
    /** The new version is lost, and there was nothing to put back, or nothing had changed yet. */
    LOST,
    /** The new version was dropped, because the target holds something and the mode forbids it. */
    REFUSED,
    /** Files of a run that had not finished its work, or had been tidying up, are deleted. */
    CLEANED
  }
}
