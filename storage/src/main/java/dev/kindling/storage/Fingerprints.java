package dev.kindling.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells whether an input has changed, without reading it: by the names, sizes and times of
 * modification of its files.
 */
public final class Fingerprints {
  private Fingerprints() {}

  /**
   * A set of files at one moment.
   *
   * @param hash SHA-256 in hexadecimal digits; two equal hashes mean the same files
   * @param files how many files
   * @param bytes their size together
   */
  public record Fingerprint(String hash, int files, long bytes) {
    public Fingerprint {
      requireNonNull(hash, "hash is null");
    }
  }

  /**
   * The fingerprint of a file, or of all data files in and below a folder. Hidden files and folders
   * are left out as Spark leaves them out; symbolic links are followed. Does not depend on where
   * the folder is.
   *
   * @throws dev.kindling.model.error.KindlingException FILE_NOT_FOUND or FILE_ACCESS if the path or
   *     a part of it cannot be read
   */
  public static Fingerprint of(Path fileOrFolder) {
    Map<String, BasicFileAttributes> files = new TreeMap<>();
    try {
      Files.walkFileTree(
          fileOrFolder,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return isData(folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (isData(file)) {
                files.put(fileOrFolder.relativize(file).toString(), attributes);
              }
              return FileVisitResult.CONTINUE;
            }

            private boolean isData(Path path) {
              return path.equals(fileOrFolder)
                  || !HiddenNames.isHidden(path.getFileName().toString());
            }
          });
    } catch (IOException e) {
      throw FileErrors.translate(e, "read the list of files", fileOrFolder);
    }
    MessageDigest digest = sha256();
    long bytes = 0;
    for (Map.Entry<String, BasicFileAttributes> file : files.entrySet()) {
      BasicFileAttributes attributes = file.getValue();
      bytes += attributes.size();
      // No file name contains NUL, so no two lists of files give the same text.
      String line =
          file.getKey()
              + '\0'
              + attributes.size()
              + '\0'
              + attributes.lastModifiedTime().toInstant()
              + '\0';
      digest.update(line.getBytes(UTF_8));
    }
    return new Fingerprint(HexFormat.of().formatHex(digest.digest()), files.size(), bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
