package dev.kindling.storage;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What can be known about the targets of a run before it starts its work. Changes nothing. */
final class OutputChecks {
  /** As many as Linux follows. */
  private static final int MAX_LINKS = 40;

  private final ProjectDirectory project;
  private final Store store = new LocalStore(Durability.PROCESS_KILL);

  /** Table by target, and by each folder above a target. */
  private final Map<Path, String> targets = new HashMap<>();

  private final Map<Path, String> above = new HashMap<>();

  OutputChecks(ProjectDirectory project) {
    this.project = project;
  }

  /**
   * Checks one more target of the run, and remembers it for the check of the next one.
   *
   * @return the absolute target with symbolic links followed
   * @throws KindlingException if the target cannot or must not be written
   */
  Path accept(OutputTarget output) {
    Path target = resolve(output);
    checkPlace(output, target);
    checkOverlap(output, target);
    try {
      checkState(output, target);
    } catch (IOException e) {
      throw FileErrors.translate(e, "write table '" + output.table() + "'", target);
    }
    return target;
  }

  private Path resolve(OutputTarget output) {
    Path path =
        output.target().isAbsolute()
            ? output.target()
            : project.root().resolve(output.target()).toAbsolutePath();
    try {
      return resolve(path, 0);
    } catch (IOException e) {
      throw FileErrors.translate(e, "write table '" + output.table() + "'", path);
    }
  }

  /** The real path, also of what does not exist yet and of what a dangling link points to. */
  private static Path resolve(Path path, int links) throws IOException {
    if (links > MAX_LINKS) {
      throw new FileSystemLoopException(path.toString());
    }
    try {
      return path.toRealPath();
    } catch (NoSuchFileException e) {
      if (Files.isSymbolicLink(path)) {
        return resolve(path.resolveSibling(Files.readSymbolicLink(path)), links + 1);
      }
      Path parent = path.getParent();
      return parent == null ? path : resolve(parent, links).resolve(path.getFileName()).normalize();
    }
  }

  private void checkPlace(OutputTarget output, Path target) {
    if (project.root().startsWith(target)) {
      throw invalid(
          output,
          target,
          "is or contains the project's own folder. Choose a folder inside the project, such as"
              + " out/"
              + output.table()
              + ", or elsewhere.");
    }
    if (target.startsWith(project.folder())) {
      throw invalid(
          output,
          target,
          "is in the folder that Kindling keeps for itself. Choose another path, such as out/"
              + output.table()
              + ".");
    }
  }

  private void checkOverlap(OutputTarget output, Path target) {
    String same = targets.get(target);
    if (same != null) {
      throw overlap(output, target, "table '" + same + "' is written there too");
    }
    String inside = above.get(target);
    if (inside != null) {
      throw overlap(output, target, "the output of table '" + inside + "' lies inside it");
    }
    for (Path folder = target.getParent(); folder != null; folder = folder.getParent()) {
      String outer = targets.get(folder);
      if (outer != null) {
        throw overlap(output, target, "it lies inside the output of table '" + outer + "'");
      }
    }
    targets.put(target, output.table());
    for (Path folder = target.getParent(); folder != null; folder = folder.getParent()) {
      above.putIfAbsent(folder, output.table());
    }
  }

  private void checkState(OutputTarget output, Path target) throws IOException {
    Path existing = target;
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing)) {
      throw invalid(
          output,
          target,
          existing.equals(target)
              ? "is a file; tables are written as folders. Remove the file, or choose another path."
              : "cannot be created: "
                  + project.display(existing)
                  + " is a file, not a folder. Remove that file, or choose another path.");
    }
    boolean exists = existing.equals(target);
    if (exists && output.mode() == PublishMode.ERROR && Publication.holdsSomething(store, target)) {
      throw exists(project, output.table(), target);
    }
    boolean mounted = exists && MountPoints.isMountPoint(target);
    boolean skipped =
        exists && output.mode() == PublishMode.IGNORE && Publication.holdsSomething(store, target);
    if (mounted && output.mode() != PublishMode.APPEND && !skipped) {
      throw invalid(
          output,
          target,
          "is where a file system is mounted, so it cannot be swapped for a new version. Choose a"
              + " folder inside it, such as "
              + project.display(target.resolve(output.table()))
              + ".");
    }
    checkWritable(output, existing);
    if (exists && !mounted) {
      checkWritable(output, target.getParent());
    }
    checkSpace(output, existing);
  }

  private void checkWritable(OutputTarget output, Path folder) throws IOException {
    if (!Files.isWritable(folder)) {
      if (Files.getFileStore(folder).isReadOnly()) {
        throw FileErrors.translate(
            new IOException("Read-only file system"),
            "write table '" + output.table() + "'",
            folder);
      }
      throw new KindlingException(
          ErrorCode.FILE_ACCESS,
          "Cannot write table '"
              + output.table()
              + "': user '"
              + System.getProperty("user.name")
              + "' may not write to "
              + project.display(folder)
              + ". Give that user the right to it, or choose another path.");
    }
  }

  private static void checkSpace(OutputTarget output, Path folder) throws IOException {
    var disk = Files.getFileStore(folder);
    // A total of 0 is how special file systems say that they do not count.
    if (disk.getTotalSpace() > 0 && disk.getUsableSpace() <= 0) {
      throw FileErrors.translate(
          new IOException("No space left on device"),
          "write table '" + output.table() + "'",
          folder);
    }
  }

  private KindlingException invalid(OutputTarget output, Path target, String problem) {
    return new KindlingException(
        ErrorCode.OUTPUT_INVALID,
        "Output path " + project.display(target) + " of table '" + output.table() + "' " + problem);
  }

  private KindlingException overlap(OutputTarget output, Path target, String problem) {
    return new KindlingException(
        ErrorCode.PIPELINE_PATH_CONFLICT,
        "Output path "
            + project.display(target)
            + " of table '"
            + output.table()
            + "' is taken: "
            + problem
            + ". Give each table a folder of its own.");
  }

  static KindlingException exists(ProjectDirectory project, String table, Path target) {
    return new KindlingException(
        ErrorCode.OUTPUT_EXISTS,
        "Output path "
            + project.display(target)
            + " of table '"
            + table
            + "' exists already; mode is error. Use mode: overwrite or append, or remove it.");
  }
}
