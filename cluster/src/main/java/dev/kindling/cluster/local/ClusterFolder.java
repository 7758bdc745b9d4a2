package dev.kindling.cluster.local;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.FileTree;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a cluster keeps its files: a folder that only its owner can open.
 *
 * @param path the folder; it need not exist
 */
public record ClusterFolder(Path path) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,39}");

  public ClusterFolder {
    path = path.toAbsolutePath().normalize();
  }

  /**
   * The folder with all clusters of this user: {@code clusters} in {@code KINDLING_STATE}, or in
   * {@code kindling} of {@code XDG_STATE_HOME}, or of {@code ~/.local/state}.
   */
  static Path root(Map<String, String> environment) {
    String own = environment.getOrDefault("KINDLING_STATE", "");
    if (!own.isEmpty()) {
      return Path.of(own, "clusters");
    }
    String states = environment.getOrDefault("XDG_STATE_HOME", "");
    Path base =
        states.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")))
                .resolve(".local/state")
            : Path.of(states);
    return base.resolve("kindling/clusters");
  }

  /**
   * @throws KindlingException USAGE when no cluster may have this name
   */
  static ClusterFolder of(Path root, String name) {
    requireNonNull(root, "root is null");
    if (!NAME.matcher(name).matches()) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Cannot use '%s' as the name of a cluster: accepted are up to 40 letters, digits, '_' and '-'."
              .formatted(name));
    }
    return new ClusterFolder(root.resolve(name));
  }

  /** The name of the cluster. */
  public String name() {
    return path.getFileName().toString();
  }

  Path stateFile() {
    return path.resolve("cluster.json");
  }

  Path lockFile() {
    return path.resolve(".lock");
  }

  /** Settings that applications need, secrets among them. */
  Path driverProperties() {
    return path.resolve("conf/driver.properties");
  }

  Path daemonProperties() {
    return path.resolve("conf/daemon.properties");
  }

  Path secretProperties() {
    return path.resolve("conf/secret.properties");
  }

  Path zooKeeperSettings() {
    return path.resolve("conf/zoo.cfg");
  }

  Path sparkHome() {
    return path.resolve("home");
  }

  Path recovery() {
    return path.resolve("recovery");
  }

  Path zooKeeperData() {
    return path.resolve("zookeeper");
  }

  /** What executors of a worker write: their logs and the application's files. */
  Path work(String worker) {
    return path.resolve("work").resolve(worker);
  }

  /** Shuffle files and spilled data of a worker's executors. */
  Path local(String worker) {
    return path.resolve("local").resolve(worker);
  }

  Path temporary() {
    return path.resolve("tmp");
  }

  /** Logs of the processes, and event logs of the applications. */
  public Path logs() {
    return path.resolve("logs");
  }

  /** The log of a member. */
  public Path log(String member) {
    return logs().resolve(member + ".log");
  }

  /** Event logs of the cluster's applications, which the History Server shows. */
  public Path events() {
    return logs().resolve("events");
  }

  /** Makes the folder and those of its folders that must be there beforehand. */
  void create() {
    try {
      createPrivate(path);
      for (Path folder : List.of(path.resolve("conf"), logs(), events(), temporary(), recovery())) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes everything but logs, and the lock, which its holder deletes. */
  void deleteAllButLogs() {
    try (Stream<Path> entries = Files.list(path)) {
      for (Path entry : entries.toList()) {
        if (!entry.equals(logs()) && !entry.equals(lockFile())) {
          FileTree.delete(entry);
        }
      }
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes the processes' logs of an earlier life; the event logs of its applications stay. */
  void deleteDaemonLogs() {
    if (!Files.isDirectory(logs())) {
      return;
    }
    try (Stream<Path> entries = Files.list(logs())) {
      for (Path log : entries.filter(Files::isRegularFile).toList()) {
        Files.deleteIfExists(log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void createPrivate(Path folder) throws IOException {
    Files.createDirectories(folder.getParent());
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder, ownerOnly(folder, "rwx------"));
    }
  }

  static FileAttribute<?>[] ownerOnly(Path near, String permissions) {
    return near.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
