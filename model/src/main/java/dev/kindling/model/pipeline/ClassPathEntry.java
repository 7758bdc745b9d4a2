package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

/**
 * Classes that a pipeline brings along.
 *
 * @param path of a folder of classes or a jar, as written, with parameters put in; resolve it with
 *     {@link Pipeline#resolve}
 */
public record ClassPathEntry(String path, Position position) {
  public ClassPathEntry {
    requireNonNull(path, "path is null");
    requireNonNull(position, "position is null");
  }
}
