package dev.kindling.cluster.files;

import static java.util.Objects.requireNonNull;

/**
 * A file to be used elsewhere.
 *
 * @param name its name, without a folder
 * @param content UTF-8 text, with a line end at its end
 */
public record DeployFile(String name, String content) {
  public DeployFile {
    requireNonNull(name, "name is null");
    requireNonNull(content, "content is null");
  }

  /** Whether it is a program to be run. */
  public boolean executable() {
    return name.endsWith(".sh");
  }
}
