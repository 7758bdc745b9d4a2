package dev.kindling.runtime.pipeline;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.PatternSyntaxException;

/** Looks whether the files of a source are there and may be read, before an engine does. */
final class SourceCheck {
  private static final String PATTERN = "*?[{";

  private SourceCheck() {}

  /**
   * Looks at a local path; other file systems are left to the engine.
   *
   * @param path as the engine gets it; may hold patterns such as {@code *.csv}
   * @throws KindlingException FILE_NOT_FOUND when nothing is there, FILE_ACCESS when it may not be
   *     read
   */
  static void check(String table, String path) {
    if (path.indexOf("://") > 0) {
      return;
    }
    int wild = firstPattern(path);
    if (wild >= 0) {
      checkPattern(table, path, path.lastIndexOf('/', wild));
      return;
    }
    Path file = Path.of(path);
    if (!Files.exists(file)) {
      throw notThere(
          table, "there is no file or folder '" + file + "'. Check the path; " + nearest(file));
    }
    if (!Files.isReadable(file)) {
      throw new KindlingException(
          ErrorCode.FILE_ACCESS,
          "Cannot read table '%s': user '%s' may not read '%s'. Give that user the right to it."
              .formatted(table, System.getProperty("user.name"), file));
    }
  }

  private static int firstPattern(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (PATTERN.indexOf(path.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private static void checkPattern(String table, String path, int slash) {
    Path folder = Path.of(slash <= 0 ? "/" : path.substring(0, slash));
    String pattern = path.substring(slash + 1);
    if (!Files.isDirectory(folder)) {
      throw notThere(
          table, "there is no folder '" + folder + "'. Check the path; " + nearest(folder));
    }
    // A pattern over several folders, such as {a,b/c}, is the engine's to match.
    boolean whole = pattern.indexOf('{') < 0 || pattern.indexOf('/') < 0;
    if (whole && !matches(folder, pattern)) {
      throw notThere(
          table, "no file in '%s' matches '%s'. Check the pattern.".formatted(folder, pattern));
    }
  }

  private static boolean matches(Path folder, String pattern) {
    int slash = pattern.indexOf('/');
    String here = slash < 0 ? pattern : pattern.substring(0, slash);
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, here)) {
      for (Path path : found) {
        if (slash < 0 || (Files.isDirectory(path) && matches(path, pattern.substring(slash + 1)))) {
          return true;
        }
      }
      return false;
    } catch (IOException | PatternSyntaxException e) {
      // What cannot be looked at here is the engine's to tell.
      return true;
    }
  }

  private static KindlingException notThere(String table, String what) {
    return new KindlingException(
        ErrorCode.FILE_NOT_FOUND, "Cannot read table '" + table + "': " + what);
  }

  private static String nearest(Path file) {
    Path folder = file.getParent();
    while (folder != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    return "the nearest folder that exists is '" + folder + "'.";
  }
}
