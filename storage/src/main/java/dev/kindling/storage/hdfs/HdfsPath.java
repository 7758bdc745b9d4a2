package dev.kindling.storage.hdfs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Objects;

/** A path on HDFS, whose names follow the rules of this machine's. */
final class HdfsPath implements Path {
  private final HdfsFileSystem fileSystem;
  private final Path names;

  HdfsPath(HdfsFileSystem fileSystem, Path names) {
    this.fileSystem = fileSystem;
    this.names = names;
  }

  /** The same in Hadoop's words. */
  org.apache.hadoop.fs.Path hadoop() {
    return new org.apache.hadoop.fs.Path(
        Hdfs.SCHEME, fileSystem.authority(), toAbsolutePath().names.toString());
  }

  private HdfsPath with(Path other) {
    return new HdfsPath(fileSystem, other);
  }

  private HdfsPath withOrNull(Path other) {
    return other == null ? null : with(other);
  }

  private Path namesOf(Path other) {
    if (other instanceof HdfsPath path && path.fileSystem.equals(fileSystem)) {
      return path.names;
    }
    throw new ProviderMismatchException(other + " is not on " + fileSystem.authority());
  }

  private boolean isOfSameFileSystem(Path other) {
    return other instanceof HdfsPath path && path.fileSystem.equals(fileSystem);
  }

  @Override
  public HdfsFileSystem getFileSystem() {
    return fileSystem;
  }

  @Override
  public boolean isAbsolute() {
    return names.isAbsolute();
  }

  @Override
  public Path getRoot() {
    return withOrNull(names.getRoot());
  }

  @Override
  public Path getFileName() {
    return withOrNull(names.getFileName());
  }

  @Override
  public Path getParent() {
    return withOrNull(names.getParent());
  }

  @Override
  public int getNameCount() {
    return names.getNameCount();
  }

  @Override
  public Path getName(int index) {
    return with(names.getName(index));
  }

  @Override
  public Path subpath(int begin, int end) {
    return with(names.subpath(begin, end));
  }

  @Override
  public boolean startsWith(Path other) {
    return isOfSameFileSystem(other) && names.startsWith(namesOf(other));
  }

  @Override
  public boolean endsWith(Path other) {
    return isOfSameFileSystem(other) && names.endsWith(namesOf(other));
  }

  @Override
  public Path normalize() {
    return with(names.normalize());
  }

  @Override
  public Path resolve(Path other) {
    return with(names.resolve(namesOf(other)));
  }

  @Override
  public Path relativize(Path other) {
    return with(names.relativize(namesOf(other)));
  }

  @Override
  public URI toUri() {
    return Hdfs.uri(fileSystem.authority(), toAbsolutePath().names.toString());
  }

  @Override
  public HdfsPath toAbsolutePath() {
    return isAbsolute() ? this : with(Path.of("/").resolve(names));
  }

  @Override
  public Path toRealPath(LinkOption... options) throws IOException {
    HdfsPath real = with(toAbsolutePath().names.normalize());
    fileSystem.provider().checkAccess(real);
    return real;
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException("watching HDFS");
  }

  @Override
  public int compareTo(Path other) {
    return names.compareTo(namesOf(other));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HdfsPath path
        && path.fileSystem.equals(fileSystem)
        && path.names.equals(names);
  }

  @Override
  public int hashCode() {
    return Objects.hash(fileSystem, names);
  }

  /** As users and Spark write it; a relative one without the NameNode. */
  @Override
  public String toString() {
    return isAbsolute() ? Hdfs.SCHEME + "://" + fileSystem.authority() + names : names.toString();
  }
}
