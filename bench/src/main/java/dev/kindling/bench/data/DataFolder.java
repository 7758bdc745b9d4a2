package dev.kindling.bench.data;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A folder of generated tables. A finished folder carries a marker file that says what it holds; a
 * folder without one is never taken for data, so an interrupted generation is simply made again.
 *
 * @param title of the benchmark, such as {@code TPC-H}
 * @param id of the benchmark, in names of folders and files
 * @param layout the version of the layout and the types, part of the marker: a change must not meet
 *     data of the older layout
 */
public record DataFolder(String title, String id, int layout, Path folder, double scale) {

  /** A piece of the work of generating: may run beside the others. */
  @FunctionalInterface
  interface Part {
    void write() throws Exception;
  }

  /** Says which pieces of work fill a new folder. */
  @FunctionalInterface
  interface Generator {
    List<Part> parts(Path staging) throws IOException;
  }

  public DataFolder {
    requireNonNull(title, "title is null");
    requireNonNull(id, "id is null");
    requireNonNull(folder, "folder is null");
    folder = folder.toAbsolutePath().normalize();
  }

  /** Where the data of a benchmark is kept when the user names no folder. */
  public static Path byDefault(String id, double scale) {
    return Path.of(
        System.getProperty("user.home"), ".cache", "kindling", "bench", id + "-sf" + plain(scale));
  }

  /**
   * Finds the data in the folder, or generates it there.
   *
   * @param talk told in one line each what is being done and how long it took
   * @throws KindlingException when the folder holds something else, or cannot be written
   */
  void prepare(Generator generator, Consumer<String> talk) {
    requireNonNull(talk, "talk is null");
    if (!(scale >= 0.001 && scale <= 1000)) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Cannot generate %s data: scale is %s (accepted: 0.001 to 1000)".formatted(title, scale));
    }
    try {
      if (!isThere()) {
        make(generator, talk);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new KindlingException(
          ErrorCode.FILE_ACCESS,
          "Cannot write %s data to %s: %s. Name another folder: --data".formatted(title, folder, e),
          e);
    }
  }

  private boolean isThere() throws IOException {
    if (Files.isRegularFile(folder.resolve(markerFile()))) {
      String found = Files.readString(folder.resolve(markerFile())).strip();
      if (!found.equals(marker())) {
        throw new KindlingException(
            ErrorCode.USAGE,
            "Cannot use "
                + folder
                + ": it holds '"
                + found
                + "', not '"
                + marker()
                + "'. Name another folder, or remove this one");
      }
      return true;
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> children = Files.list(folder)) {
        if (children.findAny().isPresent()) {
          throw new KindlingException(
              ErrorCode.USAGE,
              "Cannot generate %s data into %s: the folder has files but no %s."
                      .formatted(title, folder, markerFile())
                  + " Name an empty or new folder");
        }
      }
    }
    return false;
  }

  private void make(Generator generator, Consumer<String> talk) throws IOException {
    talk.accept("Generating " + title + " data, scale " + plain(scale) + ", into " + folder);
    long start = System.nanoTime();
    Files.createDirectories(folder.getParent());
    Path staging =
        Files.createTempDirectory(folder.getParent(), "." + folder.getFileName() + ".making-");
    try {
      runAll(generator.parts(staging));
      Files.writeString(staging.resolve(markerFile()), marker() + "\n");
      publish(staging);
    } finally {
      delete(staging);
    }
    talk.accept("Generated in " + seconds(start) + " s");
  }

  private void runAll(List<Part> parts) throws IOException {
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Part part : parts) {
        running.add(
            workers.submit(
                () -> {
                  part.write();
                  return null;
                }));
      }
      for (Future<?> part : running) {
        part.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("generation failed: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KindlingException(
          ErrorCode.INTERRUPTED, "Generating " + title + " data was interrupted");
    } finally {
      workers.shutdownNow();
    }
  }

  /** Renames the finished folder into place; a second generator that was faster wins. */
  private void publish(Path staging) throws IOException {
    try {
      Files.deleteIfExists(folder);
      Files.move(staging, folder);
    } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
      if (!Files.isRegularFile(folder.resolve(markerFile()))) {
        throw e;
      }
    }
  }

  private String markerFile() {
    return "_KINDLING_" + id.toUpperCase(Locale.ROOT);
  }

  private String marker() {
    return "kindling " + id + " " + layout + ", scale " + plain(scale);
  }

  /** A path as an SQL literal. */
  static String literal(Path path) {
    return "'" + path.toString().replace("'", "''") + "'";
  }

  static String plain(double scale) {
    return scale == Math.rint(scale) ? Long.toString((long) scale) : Double.toString(scale);
  }

  static String seconds(long startNanos) {
    return String.format("%.1f", (System.nanoTime() - startNanos) / 1e9);
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
