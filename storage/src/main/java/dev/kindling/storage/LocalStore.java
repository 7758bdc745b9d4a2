package dev.kindling.storage;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.util.Objects.requireNonNull;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The file systems that the operating system mounts, and HDFS. Files are written through streams,
 * not channels: a channel is closed when its thread is interrupted, and publishing must not stop
 * half-way because a user cancels.
 */
final class LocalStore implements Store {
  /** A disk takes several requests at once; more threads than this do not help. */
  private static final int SYNC_THREADS = 8;

  private final Durability durability;

  LocalStore(Durability durability) {
    this.durability = requireNonNull(durability, "durability is null");
  }

  @Override
  public boolean exists(Path path) throws IOException {
    return attributes(path).isPresent();
  }

  @Override
  public boolean isFolder(Path path) throws IOException {
    return attributes(path).filter(BasicFileAttributes::isDirectory).isPresent();
  }

  // Files.exists says no when the answer is not to be had.
  private static Optional<BasicFileAttributes> attributes(Path path) throws IOException {
    try {
      return Optional.of(Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      if (isBelowFile(path)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  // What the system calls "Not a directory", in an exception of no kind of its own.
  private static boolean isBelowFile(Path path) {
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      if (Files.exists(above, NOFOLLOW_LINKS)) {
        return !Files.isDirectory(above);
      }
    }
    return false;
  }

  @Override
  public List<Path> list(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(entries);
    return entries;
  }

  @Override
  public byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readAllBytes();
    }
  }

  @Override
  public long size(Path file) throws IOException {
    return Files.size(file);
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  @Override
  public void write(Path file, byte[] content) throws IOException {
    write(file, content, false);
  }

  @Override
  public void append(Path file, byte[] content) throws IOException {
    write(file, content, true);
  }

  private void write(Path file, byte[] content, boolean append) throws IOException {
    if (!isOfThisMachine(file)) {
      // Of HDFS, where what was closed is on its machines; there is no append.
      try (OutputStream out =
          append
              ? Files.newOutputStream(file, StandardOpenOption.APPEND)
              : Files.newOutputStream(file)) {
        out.write(content);
      }
      return;
    }
    try (FileOutputStream out = new FileOutputStream(file.toFile(), append)) {
      out.write(content);
      if (durability == Durability.POWER_LOSS) {
        out.getFD().sync();
      }
    }
  }

  private static boolean isOfThisMachine(Path path) {
    return path.getFileSystem().equals(FileSystems.getDefault());
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (Files.isDirectory(to, NOFOLLOW_LINKS) && Files.exists(from, NOFOLLOW_LINKS)) {
        if (!list(to).isEmpty()) {
          DirectoryNotEmptyException notEmpty = new DirectoryNotEmptyException(to.toString());
          notEmpty.addSuppressed(e);
          throw notEmpty;
        }
      }
      throw e;
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
  }

  @Override
  public void syncFiles(Collection<Path> files) throws IOException {
    if (durability != Durability.POWER_LOSS || files.isEmpty()) {
      return;
    }
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(SYNC_THREADS, files.size()));
    try {
      // join(), unlike get(), goes on waiting when this thread is interrupted
      CompletableFuture.allOf(
              files.stream()
                  .map(file -> CompletableFuture.runAsync(() -> sync(file), threads))
                  .toArray(CompletableFuture<?>[]::new))
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException io) {
        throw io.getCause();
      }
      throw e;
    } finally {
      threads.shutdown();
    }
  }

  private static void sync(Path file) {
    if (!isOfThisMachine(file)) {
      return;
    }
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.getFD().sync();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void syncFolders(Collection<Path> folders) {
    if (durability != Durability.POWER_LOSS) {
      return;
    }
    for (Path folder : folders) {
      if (!isOfThisMachine(folder)) {
        continue;
      }
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (IOException e) {
        // Windows and some network file systems cannot open a folder; they order renames themselves
      }
    }
  }
}
