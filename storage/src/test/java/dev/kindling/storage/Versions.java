package dev.kindling.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Outputs whose every file says which version it belongs to, so that a mixture is seen. */
final class Versions {
  /** Files of one version, two of them in partition folders. */
  static final List<String> FILES = List.of("part-0.csv", "day=1/part-0.csv", "day=2/part-0.csv");

  private Versions() {}

  static void write(Path folder, int version) throws IOException {
    for (String name : FILES) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, Integer.toString(version).getBytes(UTF_8));
    }
  }

  /** How many data files of each version a target has; empty if it has none or does not exist. */
  static Map<Integer, Integer> filesByVersion(Path target) throws IOException {
    Map<Integer, Integer> count = new TreeMap<>();
    if (!Files.exists(target)) {
      return count;
    }
    for (Path file : visibleFiles(target)) {
      count.merge(Integer.parseInt(new String(Files.readAllBytes(file), UTF_8)), 1, Integer::sum);
    }
    return count;
  }

  private static List<Path> visibleFiles(Path target) throws IOException {
    try (Stream<Path> files = Files.walk(target)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !HiddenNames.isHidden(file.getFileName().toString()))
          .toList();
    }
  }

  /** Whatever Kindling left in the project: hidden folders, journals, lists, temporary files. */
  static List<String> leftovers(Path project) {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(project)) {
      files
          .map(path -> project.relativize(path).toString())
          .filter(
              path ->
                  !path.matches("|\\.kindling(/(runs.*|journal|tmp|lock|lock.json|.gitignore))?"))
          .filter(path -> path.contains("kindling") || path.contains(".tmp"))
          .forEach(found::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
