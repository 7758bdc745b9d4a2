package dev.kindling.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Stamps files so that equal stamps mean equal bytes. Stricter than {@link Fingerprints}: hidden
 * files count, and a file's time of change and inode, which a copy with the old time of
 * modification does not have. A stamp belongs to this machine.
 */
public final class FileStamps {
  // Small files are read: they may be written anew with the same content, as editors and Git do.
  private static final long SMALL_FILE = 64 << 10;
  private static final long SMALL_FILES = 4 << 20;
  private static final int MOST_FILES = 200_000;

  // Some file systems tell times by the second, some by two.
  private static final Duration TICK = Duration.ofSeconds(2);

  private FileStamps() {}

  /**
   * The stamp of a file, or of all files in and below a folder, to be taken before they are read.
   * Files of up to 64 KiB count by their content, four MiB in all; others by size, times and inode.
   *
   * @return empty when no stamp can tell: a larger file was changed in the last two seconds, so
   *     that it may change again without a trace; or there are more than 200,000 files
   * @throws dev.kindling.model.error.KindlingException FILE_NOT_FOUND or FILE_ACCESS if the path or
   *     a part of it cannot be read
   */
  public static Optional<String> ofInput(Path fileOrFolder) {
    return stamp(fileOrFolder, SMALL_FILES, Instant.now().minus(TICK));
  }

  /**
   * The stamp of a folder that was just written: all of its files by size, times and inode.
   *
   * @return empty when there are more than 200,000 files
   * @throws dev.kindling.model.error.KindlingException as {@link #ofInput} does
   */
  public static Optional<String> ofOutput(Path folder) {
    return stamp(folder, 0, Instant.MAX);
  }

  private static Optional<String> stamp(Path root, long mayRead, Instant settled) {
    try {
      List<Path> files = files(root);
      if (files.size() > MOST_FILES) {
        return Optional.empty();
      }
      MessageDigest digest = sha256();
      long left = mayRead;
      for (Path file : files) {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        field(digest, root.relativize(file).toString());
        field(digest, Long.toString(attributes.size()));
        if (attributes.size() <= Math.min(SMALL_FILE, left)) {
          left -= attributes.size();
          digest.update(sha256().digest(Files.readAllBytes(file)));
          continue;
        }
        Instant modified = attributes.lastModifiedTime().toInstant();
        if (modified.isAfter(settled)) {
          return Optional.empty();
        }
        field(digest, modified.toString());
        field(digest, changed(file));
        field(digest, String.valueOf(attributes.fileKey()));
      }
      return Optional.of(HexFormat.of().formatHex(digest.digest()));
    } catch (IOException e) {
      throw FileErrors.translate(e, "read the list of files", root);
    }
  }

  private static List<Path> files(Path root) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.add(file);
            return files.size() > MOST_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    return files;
  }

  /** When the file was last changed in any way, where the file system knows. */
  private static String changed(Path file) throws IOException {
    return file.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? String.valueOf(Files.getAttribute(file, "unix:ctime", new LinkOption[0]))
        : "";
  }

  // No text contains NUL, so no two lists of files give the same bytes.
  private static void field(MessageDigest digest, String text) {
    digest.update(text.getBytes(UTF_8));
    digest.update((byte) 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
