package dev.kindling.spark.protocol;

import java.nio.file.Path;
import java.util.List;

/**
 * Asks whether the target's workers see the same files as this machine. {@link Result#inline()} of
 * the answer has a row for each thing that one does not see: the worker's host, then the path.
 *
 * @param inputs files and folders that exist here
 * @param shared folders of this machine in which the workers write what this machine reads later; a
 *     hidden file is laid into each of them for the time of the question
 */
public record Reach(List<String> inputs, List<Path> shared) implements Request {
  public Reach {
    inputs = List.copyOf(inputs);
    shared = List.copyOf(shared);
  }
}
