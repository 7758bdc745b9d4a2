package dev.kindling.cluster.local;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The logs of a cluster.
 *
 * @param all first those of its processes, then, while it is up, those of executors and drivers
 */
public record ClusterLogs(List<Log> all) {
  private static final String ENDING = ".log";

  public ClusterLogs {
    all = List.copyOf(all);
  }

  /**
   * A log.
   *
   * @param process whose it is: {@code worker-1}; for an executor {@code
   *     worker-1/app-20261121132142-0000/0/stderr}
   */
  public record Log(String process, Path file) {
    public Log {
      requireNonNull(process, "process is null");
      requireNonNull(file, "file is null");
    }
  }

  static ClusterLogs of(ClusterFolder folder) {
    List<Log> logs = new ArrayList<>();
    for (Path file : files(folder.logs(), 1)) {
      String name = file.getFileName().toString();
      if (name.endsWith(ENDING)) {
        logs.add(new Log(name.substring(0, name.length() - ENDING.length()), file));
      }
    }
    Path work = folder.work("");
    // work/WORKER/APPLICATION/EXECUTOR/stderr, and for a driver work/WORKER/DRIVER/stderr
    for (Path file : files(work, 4)) {
      String name = file.getFileName().toString();
      if (name.equals("stderr") || name.equals("stdout")) {
        logs.add(new Log(work.relativize(file).toString().replace('\\', '/'), file));
      }
    }
    return new ClusterLogs(logs);
  }

  private static List<Path> files(Path folder, int depth) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
