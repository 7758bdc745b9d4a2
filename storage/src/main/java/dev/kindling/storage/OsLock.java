package dev.kindling.storage;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A lock on a file that ends with the process that holds it, however that ends. It also excludes a
 * second holder in the same process.
 *
 * <p>On Linux a process loses its lock when it closes <em>any</em> channel on the file. So nobody
 * reads or writes a locked file, and this class looks into its own list before it opens one.
 */
final class OsLock implements AutoCloseable {
  private static final Set<Path> HELD = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private OsLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Takes the lock, creating the file if needed; empty if somebody holds it. */
  static Optional<OsLock> tryAcquire(Path file) throws IOException {
    Path key = file.getParent().toRealPath().resolve(file.getFileName());
    synchronized (HELD) {
      if (HELD.contains(key)) {
        return Optional.empty();
      }
      FileChannel channel = FileChannel.open(key, CREATE, WRITE);
      FileLock lock;
      try {
        lock = channel.tryLock();
      } catch (OverlappingFileLockException e) {
        // This class was loaded twice and its twin holds the lock; closing would take it away, so
        // the channel stays open.
        return Optional.empty();
      } catch (IOException e) {
        channel.close();
        throw e;
      }
      // Whoever held the lock before may have deleted the file after it was opened here.
      if (lock == null || !Files.exists(key)) {
        channel.close();
        return Optional.empty();
      }
      HELD.add(key);
      return Optional.of(new OsLock(key, channel));
    }
  }

  /** Deletes the file, then lets it go, so that nobody can lock a file that is about to vanish. */
  void deleteAndClose() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // an empty file stays behind, which harms nobody
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    synchronized (HELD) {
      if (!channel.isOpen()) {
        return;
      }
      HELD.remove(file);
      try {
        channel.close();
      } catch (IOException e) {
        // the system releases the lock when the process ends
      }
    }
  }
}
