package dev.kindling.cluster.local;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The right to change a cluster, which one command at a time can have. The system takes it back
 * when the process ends in whatever way.
 */
final class ClusterLock implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private ClusterLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws KindlingException CLUSTER_BUSY when another command has it
   */
  static ClusterLock take(ClusterFolder folder) {
    folder.create();
    Path file = folder.lockFile();
    try {
      FileChannel channel = FileChannel.open(file, CREATE, WRITE);
      try {
        FileLock lock = channel.tryLock();
        // Whoever had the lock before may have deleted the file after it was opened here.
        if (lock != null && Files.exists(file)) {
          return new ClusterLock(file, channel);
        }
      } catch (OverlappingFileLockException e) {
        // Another thread of this process has it: the same answer as for another process.
      }
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new KindlingException(
        ErrorCode.CLUSTER_BUSY,
        "Another command changes cluster '%s' at the moment. Wait for its end and try again."
            .formatted(folder.name()));
  }

  @Override
  public void close() {
    try {
      // Deleted before it is let go, so that nobody can lock a file that is about to vanish.
      Files.deleteIfExists(file);
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
