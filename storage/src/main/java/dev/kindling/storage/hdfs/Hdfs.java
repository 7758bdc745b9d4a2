package dev.kindling.storage.hdfs;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;

/** Paths on HDFS. */
public final class Hdfs {
  static final String SCHEME = "hdfs";
  private static final String PREFIX = SCHEME + "://";

  private Hdfs() {}

  /** Whether a text is a path on HDFS: {@code hdfs://namenode:8020/folder}. */
  public static boolean isPath(String text) {
    return text.startsWith(PREFIX);
  }

  /**
   * A path on HDFS, to be used with {@link java.nio.file.Files}. Nothing is asked of the NameNode.
   *
   * @throws IllegalArgumentException when it names no NameNode, or is not absolute
   */
  public static Path path(String text) {
    String authority = authority(text);
    return Path.of(uri(authority, text.substring(PREFIX.length() + authority.length())));
  }

  /**
   * The NameNode, or name service, of a path.
   *
   * @throws IllegalArgumentException when it names none, or is not absolute
   */
  public static String authority(String text) {
    int slash = text.indexOf('/', PREFIX.length());
    if (slash <= PREFIX.length()) {
      throw new IllegalArgumentException(
          "'%s' names no NameNode (accepted: hdfs://namenode:8020/folder)".formatted(text));
    }
    return text.substring(PREFIX.length(), slash);
  }

  /**
   * Has the paths of one NameNode, or of one name service, use these settings of Hadoop's until the
   * file system is closed.
   *
   * @throws java.nio.file.FileSystemAlreadyExistsException when they have settings already
   */
  public static FileSystem open(String authority, Map<String, String> settings) throws IOException {
    return FileSystems.newFileSystem(uri(authority, "/"), settings);
  }

  static URI uri(String authority, String path) {
    try {
      return new URI(SCHEME, authority, path, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
