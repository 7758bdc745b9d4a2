package dev.kindling.runtime.submit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.runtime.Scratch;
import dev.kindling.storage.FileErrors;
import dev.kindling.storage.ProjectDirectory;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Kindling's own files where a worker sees them: in the project's hidden folder, as links where the
 * file system has them and as copies elsewhere. Made once for each build of Kindling.
 */
final class DriverLibrary {
  private static final String LAUNCHER = "kindling.jar";
  private static final String SPARK = "spark-classpath.jar";

  private final Path folder;

  private DriverLibrary(Path folder) {
    this.folder = folder;
  }

  /**
   * Puts them there, if they are not.
   *
   * @throws KindlingException USAGE when this process is not of a distribution
   */
  static DriverLibrary of(ProjectDirectory project) {
    String home = System.getProperty("kindling.home", "");
    if (home.isEmpty()) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "--deploy-mode cluster needs the distribution of Kindling, whose files go to the worker:"
              + " start it by its command 'kindling'.");
    }
    Path from = Path.of(home, "lib");
    Path to = project.libraries();
    try {
      List<Path> files;
      try (Stream<Path> all = Files.list(from)) {
        files = all.filter(Files::isRegularFile).sorted().toList();
      }
      Path folder = to.resolve(fingerprint(files));
      if (!Files.isDirectory(folder)) {
        fill(folder, files);
      }
      return new DriverLibrary(folder);
    } catch (IOException e) {
      throw FileErrors.translate(e, "put Kindling's files for the workers into", to);
    }
  }

  private static String fingerprint(List<Path> files) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : files) {
      text.append(file.getFileName()).append(' ').append(Files.size(file)).append(' ');
      text.append(Files.getLastModifiedTime(file).toMillis()).append('\n');
    }
    return UUID.nameUUIDFromBytes(text.toString().getBytes(UTF_8)).toString();
  }

  // Whole or not at all: another command may look for it at the same time.
  private static void fill(Path folder, List<Path> files) throws IOException {
    Path temporary = Files.createTempDirectory(folder.getParent(), ".making-");
    for (Path file : files) {
      Path to = temporary.resolve(file.getFileName());
      try {
        Files.createLink(to, file);
      } catch (IOException | UnsupportedOperationException e) {
        Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    try {
      Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
      // Another command was faster.
      Scratch.delete(temporary);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, folder);
    }
  }

  /** The jar with all that the command needs. */
  Path launcher() {
    return folder.resolve(LAUNCHER);
  }

  /** The jar that a class of Kindling's lies in. */
  Path jarOf(Class<?> type) {
    String path = type.getProtectionDomain().getCodeSource().getLocation().getPath();
    return folder.resolve(path.substring(path.lastIndexOf('/') + 1));
  }

  /** The options of Java for the command. */
  String javaOptions() {
    return String.join(
        " ",
        quote("-Djava.library.path=" + folder),
        quote("-Dkindling.spark.classpath=" + folder.resolve(SPARK)),
        "-Xss8m",
        "-XX:+UseSerialGC",
        "-Djava.awt.headless=true");
  }

  private static String quote(String option) {
    return "\"" + option + "\"";
  }
}
