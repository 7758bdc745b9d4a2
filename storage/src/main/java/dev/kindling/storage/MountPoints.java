package dev.kindling.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out where a file system is mounted; such a folder cannot be renamed. */
final class MountPoints {
  private static final Path LINUX_MOUNTS = Path.of("/proc/self/mountinfo");
  private static final int MOUNT_POINT_FIELD = 4;

  private MountPoints() {}

  static boolean isMountPoint(Path folder) throws IOException {
    if (folder.getParent() == null) {
      return true;
    }
    if (!folder.getFileSystem().equals(FileSystems.getDefault())) {
      return false;
    }
    if (Files.isReadable(LINUX_MOUNTS)) {
      // The system's own list also knows a folder that is mounted from the same disk.
      String escaped = escape(folder.toString());
      return new String(Files.readAllBytes(LINUX_MOUNTS), UTF_8)
          .lines()
          .map(line -> line.split(" "))
          .anyMatch(
              fields ->
                  fields.length > MOUNT_POINT_FIELD && fields[MOUNT_POINT_FIELD].equals(escaped));
    }
    return !Files.getFileStore(folder).equals(Files.getFileStore(folder.getParent()));
  }

  /** The octal form in which the list has characters that would break its lines. */
  private static String escape(String path) {
    return path.replace("\\", "\\134")
        .replace(" ", "\\040")
        .replace("\t", "\\011")
        .replace("\n", "\\012");
  }
}
