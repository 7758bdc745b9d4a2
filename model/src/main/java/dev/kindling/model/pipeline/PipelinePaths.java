package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/** Paths of a pipeline file: local ones are relative to the file's folder, others are URIs. */
final class PipelinePaths {
  private PipelinePaths() {}

  /** The folder of a file, absolute. */
  static Path directory(Path file) {
    return requireNonNull(file.toAbsolutePath().normalize().getParent(), "a file has a folder");
  }

  static String resolve(Path directory, String path) {
    if (path.startsWith("file:")) {
      return directory.resolve(withoutFileScheme(path)).normalize().toString();
    }
    return isUri(path) ? path : directory.resolve(path).normalize().toString();
  }

  /** Whether a path starts with a scheme such as {@code s3a:}; one letter is a Windows drive. */
  static boolean isUri(String path) {
    int colon = path.indexOf(':');
    if (colon < 2 || !isLetter(path.charAt(0))) {
      return false;
    }
    for (int i = 1; i < colon; i++) {
      char c = path.charAt(i);
      if (!isLetter(c) && (c < '0' || c > '9') && c != '+' && c != '-' && c != '.') {
        return false;
      }
    }
    return path.startsWith("/", colon + 1);
  }

  /** Whether outputs can be under a resolved path: its file system renames folders in one step. */
  static boolean isPublishable(String resolved) {
    return !isUri(resolved) || resolved.startsWith("hdfs://");
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static String withoutFileScheme(String path) {
    String rest = path.substring("file:".length());
    return rest.startsWith("//") ? rest.substring(2) : rest;
  }
}
