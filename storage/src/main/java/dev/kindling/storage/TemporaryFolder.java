package dev.kindling.storage;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder of one run for what is needed only while it runs: spilled data, tables between two
 * engines. Closing deletes it; {@link Recovery} deletes those of killed processes. It needs no lock
 * on the project, so commands that only read may have one.
 */
public final class TemporaryFolder implements AutoCloseable {
  private static final int ATTEMPTS = 10;

  private final Path path;
  private final OsLock alive;
  private final Store store = new LocalStore(Durability.PROCESS_KILL);

  private TemporaryFolder(Path path, OsLock alive) {
    this.path = path;
    this.alive = alive;
  }

  /**
   * Creates the temporary folder of a run.
   *
   * @throws KindlingException if it cannot be created, or if the run has one already
   */
  public static TemporaryFolder create(ProjectDirectory project, RunId run) {
    requireNonNull(run, "run is null");
    Path path = path(project, run);
    try {
      // The lock comes first: a folder without one is taken for that of a killed process. Another
      // command that cleans up may hold it for a moment.
      for (int i = 0; i < ATTEMPTS; i++) {
        Optional<OsLock> lock = OsLock.tryAcquire(aliveFile(project, run));
        if (lock.isPresent()) {
          TemporaryFolder folder = new TemporaryFolder(path, lock.get());
          folder.store.createFolder(path);
          return folder;
        }
        Thread.onSpinWait();
      }
    } catch (IOException e) {
      throw FileErrors.translate(e, "create the folder for temporary files", path);
    }
    throw new KindlingException(
        ErrorCode.INTERNAL, "Run " + run + " has a temporary folder already: " + path);
  }

  static Path path(ProjectDirectory project, RunId run) {
    return project.tmp().resolve(run.value());
  }

  /** A file that is locked as long as the process that owns the folder lives. */
  static Path aliveFile(ProjectDirectory project, RunId run) {
    return project.tmp().resolve(run.value() + ".alive");
  }

  /** The folder; absolute. */
  public Path path() {
    return path;
  }

  /** A folder inside, created if it is not there. */
  public Path folder(String name) {
    Path folder = path.resolve(name);
    try {
      store.createFolder(folder);
      return folder;
    } catch (IOException e) {
      throw FileErrors.translate(e, "create a folder for temporary files", folder);
    }
  }

  /** Deletes the folder with everything in it. Closing twice does nothing. */
  @Override
  public void close() {
    try {
      store.deleteTree(path);
      alive.deleteAndClose();
    } catch (IOException e) {
      // Recovery deletes what could not be deleted now, once nobody claims it.
      alive.close();
    }
  }
}
