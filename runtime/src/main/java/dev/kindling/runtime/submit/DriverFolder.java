package dev.kindling.runtime.submit;

import static java.util.Objects.requireNonNull;

import dev.kindling.storage.FileErrors;
import dev.kindling.storage.ProjectDirectory;
import dev.kindling.storage.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.OptionalInt;

/**
 * Where a driver that runs a command on a cluster meets the command that follows it: a folder of
 * the project, which both see.
 */
public record DriverFolder(Path path) {
  public DriverFolder {
    requireNonNull(path, "path is null");
  }

  /** A new one. */
  public static DriverFolder create(Path projectFolder) {
    Path drivers = ProjectDirectory.of(projectFolder).drivers();
    Path path = drivers.resolve(RunId.next(Clock.systemUTC()).value());
    try {
      return new DriverFolder(Files.createDirectory(path));
    } catch (IOException e) {
      throw FileErrors.translate(e, "create the folder of a driver", path);
    }
  }

  /** What the command says: progress, warnings, errors. */
  public Path talk() {
    return path.resolve("talk.log");
  }

  /** The data that the command gives. */
  public Path output() {
    return path.resolve("output");
  }

  private Path exitCodeFile() {
    return path.resolve("exit-code");
  }

  /** Notes how the command ended. */
  public void end(int exitCode) {
    try {
      Path temporary = path.resolve("exit-code.tmp");
      Files.writeString(temporary, Integer.toString(exitCode));
      Files.move(temporary, exitCodeFile(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw FileErrors.translate(e, "note the end of a driver", exitCodeFile());
    }
  }

  /** How the command ended; empty while it runs, and of a driver that died. */
  public OptionalInt exitCode() {
    try {
      return OptionalInt.of(Integer.parseInt(Files.readString(exitCodeFile()).strip()));
    } catch (NoSuchFileException e) {
      return OptionalInt.empty();
    } catch (IOException e) {
      throw FileErrors.translate(e, "read how a driver ended", exitCodeFile());
    }
  }
}
