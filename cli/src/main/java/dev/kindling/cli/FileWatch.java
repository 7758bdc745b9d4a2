package dev.kindling.cli;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Tells when files are saved: some by name, and all in and below some folders. */
final class FileWatch implements AutoCloseable {
  // Editors save in several steps, and copies of a folder come file by file.
  private static final long QUIET_MILLIS = 200;

  private final WatchService service;
  private final Map<WatchKey, Path> folders = new HashMap<>();
  private Set<Path> wanted = Set.of();
  private Set<Path> passedOver = Set.of();

  FileWatch() throws IOException {
    service = FileSystems.getDefault().newWatchService();
  }

  /**
   * Watches these from now on.
   *
   * @param paths absolute: files, and folders with all below
   * @param except folders in which nothing counts
   */
  void watch(Collection<Path> paths, Collection<Path> except) throws IOException {
    wanted = new LinkedHashSet<>(paths);
    passedOver = new LinkedHashSet<>(except);
    for (Path path : wanted) {
      if (Files.isDirectory(path)) {
        registerAll(path);
      } else if (path.getParent() != null && Files.isDirectory(path.getParent())) {
        register(path.getParent());
      }
    }
  }

  private void registerAll(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (isPassedOver(folder)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            register(folder);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            // Gone again, or not to be read: who reads it tells.
            return FileVisitResult.CONTINUE;
          }
        });
  }

  // A folder that is registered once more gives the same key.
  private void register(Path folder) throws IOException {
    folders.put(folder.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE), folder);
  }

  private boolean isPassedOver(Path path) {
    return passedOver.stream().anyMatch(path::startsWith);
  }

  private boolean isWanted(Path path) {
    return !isPassedOver(path) && wanted.stream().anyMatch(path::startsWith);
  }

  /**
   * Waits until something is saved and nothing more follows for a moment.
   *
   * @return what was saved or deleted; nothing when this was closed
   */
  Set<Path> await() throws InterruptedException, IOException {
    Set<Path> saved = new LinkedHashSet<>();
    try {
      while (saved.isEmpty()) {
        take(service.take(), saved);
      }
      for (WatchKey key = next(); key != null; key = next()) {
        take(key, saved);
      }
    } catch (ClosedWatchServiceException e) {
      saved.clear();
    }
    return saved;
  }

  private WatchKey next() throws InterruptedException {
    return service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void take(WatchKey key, Set<Path> saved) throws IOException {
    Path folder = folders.get(key);
    List<WatchEvent<?>> events = key.pollEvents();
    for (WatchEvent<?> event : events) {
      // Without a name, so many things happened that names were lost.
      Path path = event.context() instanceof Path name ? folder.resolve(name) : folder;
      if (isWanted(path)) {
        saved.add(path);
        if (Files.isDirectory(path)) {
          registerAll(path);
        }
      }
    }
    if (!key.reset()) {
      folders.remove(key);
    }
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      // What watched is gone with the process.
    }
  }
}
