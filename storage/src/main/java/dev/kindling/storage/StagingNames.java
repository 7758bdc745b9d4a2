package dev.kindling.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;

/**
 * The names of the folders that publishing uses beside a target. They start with a dot, so Spark
 * and Kindling pass over them; the last part tells what becomes of a folder that is found later.
 */
final class StagingNames {
  private static final String PREFIX = "._kindling-";
  private static final String NEW = ".new";
  private static final String OLD = ".old";
  private static final String DELETED = ".deleted";

  /** Most file systems take 255 bytes; prefix, run id and ending need about 45. */
  private static final int MAX_NAME_BYTES = 180;

  private static final int SHORT_NAME_CHARACTERS = 30;

  private StagingNames() {}

  /** The staging folder of a target, in the folder {@code home}. */
  static Path staging(Path home, RunId run, Path target) {
    String name = target.getFileName().toString();
    if (name.getBytes(UTF_8).length > MAX_NAME_BYTES) {
      int end = name.offsetByCodePoints(0, SHORT_NAME_CHARACTERS);
      name = name.substring(0, end) + "~" + Integer.toHexString(name.hashCode());
    }
    return home.resolve(PREFIX + run + "-" + name + NEW);
  }

  /** Where the version before the run waits, whole, until the new one is in its place. */
  static Path old(StagedOutput output) {
    return withEnding(output, OLD);
  }

  /** What has this name is never wanted again, and may be incomplete. */
  static Path deleted(StagedOutput output) {
    return withEnding(output, DELETED);
  }

  private static Path withEnding(StagedOutput output, String ending) {
    String name = output.staging().getFileName().toString();
    if (!name.endsWith(NEW)) {
      throw new IllegalArgumentException("Not a staging folder: " + output.staging());
    }
    return output
        .staging()
        .resolveSibling(name.substring(0, name.length() - NEW.length()) + ending);
  }
}
