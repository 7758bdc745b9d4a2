package dev.kindling.embedded.read;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The data files of a source, as Spark lists them: names that begin with {@code _} or {@code .} are
 * left out, except for partition folders such as {@code _k=1}.
 *
 * @param root the file or folder that the source names, absolute
 * @param files the data files, sorted by path
 * @param summaries whether there are Parquet summary files
 */
public record FileListing(Path root, List<Path> files, boolean summaries) {
  public FileListing {
    files = List.copyOf(files);
  }

  /** Lists a file or a folder of table {@code name}; throws when there is nothing to read. */
  public static FileListing of(String name, Path path) {
    Path root = path.toAbsolutePath().normalize();
    if (!Files.exists(root)) {
      throw new KindlingException(
          ErrorCode.FILE_NOT_FOUND,
          "Cannot read table '%s': there is no file or folder %s. Check the path%s."
              .formatted(name, path, nearest(root)));
    }
    if (Files.isRegularFile(root)) {
      return new FileListing(root, List.of(root), false);
    }
    List<Path> files = new ArrayList<>();
    boolean summaries = false;
    try (Stream<Path> walk = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : (Iterable<Path>) walk::iterator) {
        if (Files.isDirectory(file)) {
          continue;
        }
        String last = file.getFileName().toString();
        if (last.equals("_metadata") || last.equals("_common_metadata")) {
          summaries = true;
        } else if (!isHidden(root.relativize(file))) {
          files.add(file);
        }
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      throw unreadable(name, path, e);
    }
    if (files.isEmpty()) {
      throw new KindlingException(
          ErrorCode.FILE_NOT_FOUND,
          "Cannot read table '%s': the folder %s has no data files (names that begin with _ or ."
                  .formatted(name, path)
              + " do not count). Write the data first, or correct the path.");
    }
    files.sort(Comparator.comparing(Path::toString));
    return new FileListing(root, files, summaries);
  }

  private static KindlingException unreadable(String name, Path path, Exception e) {
    boolean denied =
        e instanceof AccessDeniedException || e.getCause() instanceof AccessDeniedException;
    return new KindlingException(
        ErrorCode.FILE_ACCESS,
        "Cannot read table '%s': %s cannot be listed: %s."
            .formatted(name, path, denied ? "permission denied" : e.getMessage()),
        e);
  }

  /** The deepest folder above a missing path that does exist, as a hint. */
  private static String nearest(Path missing) {
    Path folder = missing.getParent();
    while (folder != null && !Files.isDirectory(folder)) {
      folder = folder.getParent();
    }
    return folder == null || folder.equals(missing.getParent())
        ? ""
        : "; the nearest folder that exists is " + folder;
  }

  private static boolean isHidden(Path relative) {
    for (Path part : relative) {
      String name = part.toString();
      boolean partition = name.contains("=");
      if ((name.startsWith("_") && !partition) || name.startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  /** The data files, in no order. */
  public Set<Path> fileSet() {
    return Set.copyOf(files);
  }

  /** A text that changes whenever a file comes, goes, or changes its size or time. */
  public String state() {
    StringBuilder state = new StringBuilder(root.toString());
    for (Path file : files) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        state
            .append('\n')
            .append(file)
            .append('\t')
            .append(attributes.size())
            .append('\t')
            .append(attributes.lastModifiedTime());
      } catch (IOException e) {
        throw unreadable(root.toString(), file, e);
      }
    }
    return state.toString();
  }

  /** Whether files lie in folders below the root: partitions. */
  boolean isNested() {
    return files.stream().anyMatch(file -> !file.equals(root) && !file.getParent().equals(root));
  }
}
