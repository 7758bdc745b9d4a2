package dev.kindling.runtime;

import dev.kindling.model.FileTree;
import dev.kindling.storage.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for spilled rows and other temporary files, deleted with all it holds when closed. */
public final class Scratch implements AutoCloseable {
  private final Path folder;

  private Scratch(Path folder) {
    this.folder = folder;
  }

  /** A new folder in the machine's temporary folder; made when {@link #folder} is first used. */
  public static Scratch temporary() {
    long pid = ProcessHandle.current().pid();
    return new Scratch(
        Path.of(System.getProperty("java.io.tmpdir"))
            .resolve("kindling-" + pid + "-" + Long.toHexString(System.nanoTime())));
  }

  /** A folder with this path. */
  public static Scratch at(Path folder) {
    return new Scratch(folder);
  }

  /** Its path; not made before somebody writes there. */
  public Path folder() {
    return folder;
  }

  /** Makes it, if it is not there. */
  public Path create() {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw FileErrors.translate(e, "create a folder for temporary files", folder);
    }
  }

  @Override
  public void close() {
    delete(folder);
  }

  /** Deletes everything in a folder, so that it can be written to once more. */
  public static void empty(Path folder) {
    delete(folder);
    at(folder).create();
  }

  /** Deletes a file, or a folder with all it holds; nothing happens when it is not there. */
  public static void delete(Path path) {
    try {
      FileTree.delete(path);
    } catch (IOException e) {
      throw FileErrors.translate(e, "delete temporary files", path);
    }
  }
}
