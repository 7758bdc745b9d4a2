package dev.kindling.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The hidden folder {@code .kindling} of a project: run records, the journal of what is being
 * published, temporary files and the lock. It ignores itself in Git. Its parts are created when
 * they are first asked for.
 */
public final class ProjectDirectory {
  private static final String NAME = ".kindling";

  private final Path root;
  private final Path folder;

  private ProjectDirectory(Path root, Path folder) {
    this.root = root;
    this.folder = folder;
  }

  /**
   * The hidden folder of a project, created if it is not there.
   *
   * @param projectFolder an existing folder, the one that holds the pipeline file
   * @throws KindlingException FILE_NOT_FOUND if the project folder does not exist, FILE_ACCESS or
   *     NO_SPACE if the hidden folder cannot be created in it
   */
  public static ProjectDirectory of(Path projectFolder) {
    requireNonNull(projectFolder, "projectFolder is null");
    Path folder = projectFolder.resolve(NAME);
    try {
      Path root = projectFolder.toRealPath();
      folder = root.resolve(NAME);
      if (!Files.isDirectory(root)) {
        throw new KindlingException(
            ErrorCode.FILE_ACCESS,
            "Cannot use " + projectFolder + " as a project: it is a file. Name a folder.");
      }
      ProjectDirectory project = new ProjectDirectory(root, createFolder(folder));
      Path ignore = folder.resolve(".gitignore");
      if (!Files.exists(ignore)) {
        Files.write(ignore, "*\n".getBytes(UTF_8));
      }
      return project;
    } catch (FileAlreadyExistsException e) {
      throw new KindlingException(
          ErrorCode.FILE_ACCESS,
          "Cannot create the folder "
              + folder
              + ": a file of that name is in the way. Remove or rename it; Kindling keeps its runs"
              + " and temporary files there.",
          e);
    } catch (IOException e) {
      throw FileErrors.translate(
          e, "create the folder for Kindling's runs and temporary files", folder);
    }
  }

  /** The project folder: absolute, symbolic links followed. */
  public Path root() {
    return root;
  }

  /** The hidden folder itself. */
  public Path folder() {
    return folder;
  }

  /** Where each run has a folder with its record. */
  public Path runs() {
    return part("runs");
  }

  /** The folder of one run, created if it is not there. */
  public Path run(RunId run) {
    Path path = runs().resolve(run.value());
    try {
      return createFolder(path);
    } catch (IOException e) {
      throw FileErrors.translate(e, "create the folder of run " + run, path);
    }
  }

  /** A new run id that no run of this project has, with its folder made. */
  public RunId newRun(Clock clock) {
    while (true) {
      RunId run = RunId.next(clock);
      Path path = runs().resolve(run.value());
      try {
        Files.createDirectory(path);
        return run;
      } catch (FileAlreadyExistsException e) {
        // another process drew the same id; the next one is later
      } catch (IOException e) {
        throw FileErrors.translate(e, "create the folder of run " + run, path);
      }
    }
  }

  /** Where drivers that run on a cluster meet the commands that follow them. */
  public Path drivers() {
    return part("drivers");
  }

  /** Where Kindling's own files lie for drivers that run on a cluster. */
  public Path libraries() {
    return part("lib");
  }

  /** Where runs that are being published have their journals. */
  Path journal() {
    return part("journal");
  }

  /** Where runs have their temporary folders and lists of staging folders. */
  Path tmp() {
    return part("tmp");
  }

  /** A path as a person of this project would write it: relative to the project where it can be. */
  public String display(Path path) {
    return path.startsWith(root) && !path.equals(root)
        ? root.relativize(path).toString()
        : path.toString();
  }

  /** The same as a path. */
  Path shown(Path path) {
    return path.startsWith(root) ? Path.of(display(path)) : path;
  }

  private Path part(String name) {
    Path path = folder.resolve(name);
    try {
      return createFolder(path);
    } catch (IOException e) {
      throw FileErrors.translate(e, "create the folder", path);
    }
  }

  private static Path createFolder(Path path) throws IOException {
    try {
      Files.createDirectory(path);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(path)) {
        throw e;
      }
    }
    return path;
  }
}
