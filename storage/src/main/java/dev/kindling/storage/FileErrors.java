package dev.kindling.storage;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Turns what the operating system says about files into errors that tell what to do. */
public final class FileErrors {
  private FileErrors() {}

  /**
   * The error to show for a failed access to a file.
   *
   * @param what the act that failed and what it was done to, to follow "Cannot": "write the journal
   *     of run 20261121-021500-a1b2"
   * @param where the file or folder concerned; the one that the exception names is shown beside it
   *     when it is another one
   */
  public static KindlingException translate(IOException error, String what, Path where) {
    requireNonNull(error, "error is null");
    requireNonNull(what, "what is null");
    requireNonNull(where, "where is null");
    Cause cause = causeOf(error, where);
    String place = where.toString();
    if (error instanceof FileSystemException e
        && e.getFile() != null
        && !e.getFile().equals(where.toString())
        && !Path.of(e.getFile()).endsWith(where)) {
      place += " (at " + e.getFile() + ")";
    }
    return new KindlingException(
        cause.code,
        "Cannot " + what + ": " + place + ": " + cause.found + ". " + cause.remedy,
        error);
  }

  private record Cause(ErrorCode code, String found, String remedy) {}

  private static Cause causeOf(IOException error, Path where) {
    String text = reason(error).toLowerCase(Locale.ROOT);
    if (says(text, "no space left", "not enough space", "disk is full", "no space on device")) {
      return new Cause(
          ErrorCode.NO_SPACE,
          "no space is left on the file system" + free(where).orElse(""),
          "Free some space there, or choose a path on another disk.");
    }
    if (says(text, "quota exceeded")) {
      return new Cause(
          ErrorCode.NO_SPACE,
          "the disk quota is used up",
          "Delete what is no longer needed, ask for a larger quota, or choose another disk.");
    }
    if (says(text, "read-only file system")) {
      return access(
          "the file system is mounted read-only", "Choose a path on one that can be written.");
    }
    if (says(text, "too many open files")) {
      return access(
          "the process has too many files open",
          "Raise the limit (ulimit -n), or write fewer partitions at once.");
    }
    if (says(text, "file name too long", "filename too long")) {
      return access(
          "the name is too long for the file system", "Use shorter names or partition values.");
    }
    if (error instanceof FileSystemLoopException || says(text, "too many levels of symbolic")) {
      return access("a symbolic link leads back to itself", "Correct or remove the link.");
    }
    if (error instanceof AtomicMoveNotSupportedException || says(text, "cross-device")) {
      return access(
          "the two paths are on different file systems",
          "Choose a path whose parent folder is on the same file system.");
    }
    if (says(text, "resource busy")) {
      return access(
          "it is in use by the system, for example as a mount point", "Choose a folder inside it.");
    }
    if (error instanceof NotDirectoryException
        || says(text, "not a directory")
        || isBelowAFile(error, where)) {
      return access(
          "a part of the path is a file, not a folder",
          "Remove that file, or choose another path.");
    }
    if (says(text, "is a directory")) {
      return access("it is a folder, not a file", "Remove it, or choose another path.");
    }
    if (error instanceof DirectoryNotEmptyException || says(text, "directory not empty")) {
      return access("the folder is not empty", "Empty it, or choose another path.");
    }
    if (error instanceof FileAlreadyExistsException || says(text, "file exists")) {
      return access("it exists already", "Remove it, or choose another path.");
    }
    if (error instanceof AccessDeniedException
        || says(text, "permission denied", "operation not permitted", "access is denied")) {
      return access(
          "permission denied for user '" + System.getProperty("user.name") + "'",
          "Give that user the right to it, or choose another path.");
    }
    if (error instanceof NoSuchFileException
        || error instanceof FileNotFoundException
        || says(text, "no such file")) {
      return new Cause(ErrorCode.FILE_NOT_FOUND, "it does not exist", "Check the path.");
    }
    if (says(text, "input/output error")) {
      return access("the disk reports an error", "Check the disk and the system's log.");
    }
    if (says(text, "namenode does not answer", "safe mode")) {
      return access(
          reason(error), "Check that HDFS runs and that this machine reaches it, then run again.");
    }
    if (says(text, "stale file handle", "transport endpoint", "host is down", "no route to host")) {
      return access("the network file system does not answer", "Check its server, then run again.");
    }
    String found = reason(error);
    return access(
        found.isEmpty() ? error.getClass().getSimpleName() : found,
        "Check that the path can be reached and written.");
  }

  // What Java says when it is to make a folder below a file.
  private static boolean isBelowAFile(IOException error, Path where) {
    if (!(error instanceof FileAlreadyExistsException e) || e.getFile() == null) {
      return false;
    }
    Path file = Path.of(e.getFile()).toAbsolutePath();
    Path target = where.toAbsolutePath();
    return !target.equals(file) && target.startsWith(file) && Files.isRegularFile(file);
  }

  private static Cause access(String found, String remedy) {
    return new Cause(ErrorCode.FILE_ACCESS, found, remedy);
  }

  /** The system's own words, without the path that Java puts before them. */
  private static String reason(IOException error) {
    String reason = error instanceof FileSystemException e ? e.getReason() : error.getMessage();
    return reason == null ? "" : reason.strip();
  }

  private static boolean says(String text, String... phrases) {
    for (String phrase : phrases) {
      if (text.contains(phrase)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> free(Path where) {
    for (Path path = where.toAbsolutePath(); path != null; path = path.getParent()) {
      if (Files.exists(path)) {
        try {
          long bytes = Files.getFileStore(path).getUsableSpace();
          return Optional.of(" (" + (bytes >> 20) + " MiB free)");
        } catch (IOException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }
}
