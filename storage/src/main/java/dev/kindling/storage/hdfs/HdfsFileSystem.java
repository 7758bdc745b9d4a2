package dev.kindling.storage.hdfs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;

/** The files of one NameNode, or of one name service. Safe for use by several threads. */
final class HdfsFileSystem extends FileSystem {
  // Hadoop itself tries for minutes before it says that nobody answers.
  private static final Map<String, String> PATIENCE =
      Map.of(
          "ipc.client.connect.max.retries", "3",
          "ipc.client.connect.max.retries.on.timeouts", "2",
          "ipc.client.connect.timeout", "5000");

  private final HdfsProvider provider;
  private final String authority;
  private final Map<String, String> settings;
  private DistributedFileSystem hadoop;
  private boolean closed;

  HdfsFileSystem(HdfsProvider provider, String authority, Map<String, String> settings) {
    this.provider = provider;
    this.authority = Objects.requireNonNull(authority, "authority is null");
    this.settings = Map.copyOf(settings);
  }

  @FunctionalInterface
  interface Question<T> {
    T ask(DistributedFileSystem hadoop) throws IOException;
  }

  /**
   * Asks the NameNode. An interrupt of this thread is kept for later: Hadoop would break the
   * connection and leave open whether the NameNode did what it was asked.
   *
   * @throws FileSystemException of the kind that {@link java.nio.file.Files} throws for this
   *     machine's files
   */
  <T> T ask(HdfsPath path, Question<T> question) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      return question.ask(hadoop());
    } catch (InterruptedIOException e) {
      interrupted |= !(e instanceof SocketTimeoutException);
      throw translated(path, e);
    } catch (IOException e) {
      throw translated(path, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized DistributedFileSystem hadoop() throws IOException {
    if (closed) {
      throw new IOException("its file system is closed");
    }
    if (hadoop == null) {
      Configuration conf = new Configuration();
      PATIENCE.forEach(conf::set);
      settings.forEach(conf::set);
      DistributedFileSystem made = new DistributedFileSystem();
      made.initialize(Hdfs.uri(authority, "/"), conf);
      hadoop = made;
    }
    return hadoop;
  }

  private static IOException translated(HdfsPath path, IOException error) {
    IOException cause =
        error instanceof RemoteException remote ? remote.unwrapRemoteException() : error;
    String file = path.toString();
    String reason = Objects.toString(cause.getMessage(), cause.toString()).split("\n", 2)[0];
    FileSystemException translated;
    if (cause instanceof FileNotFoundException) {
      translated = new NoSuchFileException(file);
    } else if (cause instanceof ParentNotDirectoryException) {
      translated = new NotDirectoryException(file);
    } else if (cause instanceof PathIsNotEmptyDirectoryException) {
      translated = new DirectoryNotEmptyException(file);
    } else if (cause instanceof org.apache.hadoop.fs.FileAlreadyExistsException) {
      translated = new FileAlreadyExistsException(file, null, reason);
    } else if (cause instanceof AccessControlException) {
      translated = new AccessDeniedException(file, null, reason);
    } else if (isSilence(cause)) {
      translated =
          new FileSystemException(
              file,
              null,
              "the NameNode does not answer: "
                  + (cause.getCause() == null ? reason : cause.getCause().getMessage()));
    } else {
      translated = new FileSystemException(file, null, reason);
    }
    translated.initCause(error);
    return translated;
  }

  private static boolean isSilence(IOException cause) {
    return cause instanceof ConnectException
        || cause instanceof NoRouteToHostException
        || cause instanceof SocketTimeoutException
        || cause instanceof UnknownHostException;
  }

  /** Whether it was opened with settings, and not by the first of its paths. */
  boolean hasSettings() {
    return !settings.isEmpty();
  }

  String authority() {
    return authority;
  }

  @Override
  public HdfsProvider provider() {
    return provider;
  }

  @Override
  public synchronized void close() {
    closed = true;
    provider.closed(this);
    if (hadoop != null) {
      try {
        hadoop.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public synchronized boolean isOpen() {
    return !closed;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of(getPath("/"));
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return List.of();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return Set.of("basic");
  }

  @Override
  public HdfsPath getPath(String first, String... more) {
    return new HdfsPath(this, Path.of(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String pattern) {
    throw new UnsupportedOperationException("patterns on HDFS");
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException("users of HDFS");
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException("watching HDFS");
  }
}
