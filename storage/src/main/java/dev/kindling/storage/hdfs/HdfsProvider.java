package dev.kindling.storage.hdfs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * What {@link java.nio.file.Files} does on HDFS. There are no links, no views of attributes and no
 * channels. Java makes the one instance, which knows the file systems that are open.
 */
public final class HdfsProvider extends FileSystemProvider {
  private final Map<String, HdfsFileSystem> open = new ConcurrentHashMap<>();

  @Override
  public String getScheme() {
    return Hdfs.SCHEME;
  }

  /**
   * Opens one.
   *
   * @param settings of Hadoop's, over its defaults
   */
  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> settings) {
    Map<String, String> texts = new TreeMap<>();
    settings.forEach((name, value) -> texts.put(name, value.toString()));
    HdfsFileSystem made = new HdfsFileSystem(this, uri.getAuthority(), texts);
    return open.compute(
        uri.getAuthority(),
        (name, before) -> {
          if (before != null && before.hasSettings()) {
            throw new FileSystemAlreadyExistsException(uri.toString());
          }
          return made;
        });
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    HdfsFileSystem found = open.get(uri.getAuthority());
    if (found == null) {
      throw new FileSystemNotFoundException(uri.toString());
    }
    return found;
  }

  /** A path, whose file system is opened with Hadoop's defaults if it is not open. */
  @Override
  public Path getPath(URI uri) {
    return open.computeIfAbsent(
            uri.getAuthority(), name -> new HdfsFileSystem(this, name, Map.of()))
        .getPath(uri.getPath());
  }

  void closed(HdfsFileSystem fileSystem) {
    open.remove(fileSystem.authority(), fileSystem);
  }

  private static HdfsPath hdfs(Path path) {
    return (HdfsPath) path;
  }

  private static FileStatus status(HdfsPath path) throws IOException {
    return path.getFileSystem().ask(path, hadoop -> hadoop.getFileStatus(path.hadoop()));
  }

  @Override
  public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
    HdfsPath file = hdfs(path);
    return file.getFileSystem().ask(file, hadoop -> hadoop.open(file.hadoop()));
  }

  @Override
  public OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
    HdfsPath file = hdfs(path);
    List<OpenOption> given = Arrays.asList(options);
    if (given.contains(StandardOpenOption.APPEND)) {
      throw new UnsupportedOperationException("append to " + path);
    }
    boolean replace = !given.contains(StandardOpenOption.CREATE_NEW);
    return file.getFileSystem().ask(file, hadoop -> hadoop.create(file.hadoop(), replace));
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) {
    throw new UnsupportedOperationException("a channel to " + path);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    HdfsPath listed = hdfs(folder);
    if (!status(listed).isDirectory()) {
      throw new NotDirectoryException(folder.toString());
    }
    List<Path> entries = new ArrayList<>();
    for (FileStatus status :
        listed.getFileSystem().ask(listed, hadoop -> hadoop.listStatus(listed.hadoop()))) {
      Path entry = folder.resolve(status.getPath().getName());
      if (filter.accept(entry)) {
        entries.add(entry);
      }
    }
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return entries.iterator();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
    HdfsPath folder = hdfs(path);
    if (exists(folder)) {
      throw new FileAlreadyExistsException(path.toString());
    }
    folder
        .getFileSystem()
        .ask(folder, hadoop -> hadoop.mkdir(folder.hadoop(), FsPermission.getDirDefault()));
  }

  private static boolean exists(HdfsPath path) throws IOException {
    try {
      status(path);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    HdfsPath deleted = hdfs(path);
    boolean found =
        deleted.getFileSystem().ask(deleted, hadoop -> hadoop.delete(deleted.hadoop(), false));
    if (!found) {
      throw new NoSuchFileException(path.toString());
    }
  }

  @Override
  public void copy(Path from, Path to, CopyOption... options) {
    throw new UnsupportedOperationException("copy " + from);
  }

  /** Renames, which the NameNode does in one step. */
  @Override
  public void move(Path from, Path to, CopyOption... options) throws IOException {
    if (!from.getFileSystem().equals(to.getFileSystem())) {
      throw new AtomicMoveNotSupportedException(
          from.toString(), to.toString(), "they are on different file systems");
    }
    List<CopyOption> given = Arrays.asList(options);
    boolean replace =
        given.contains(StandardCopyOption.ATOMIC_MOVE)
            || given.contains(StandardCopyOption.REPLACE_EXISTING);
    HdfsPath source = hdfs(from);
    source
        .getFileSystem()
        .ask(
            source,
            hadoop -> {
              hadoop.rename(
                  source.hadoop(),
                  hdfs(to).hadoop(),
                  replace ? Options.Rename.OVERWRITE : Options.Rename.NONE);
              return to;
            });
  }

  @Override
  public boolean isSameFile(Path one, Path other) {
    return one.equals(other);
  }

  @Override
  public boolean isHidden(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    HdfsPath asked = hdfs(path);
    return new HdfsStore(
        asked.getFileSystem().authority(),
        asked.getFileSystem().ask(asked, hadoop -> hadoop.getStatus(asked.hadoop())));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    HdfsPath asked = hdfs(path);
    status(asked);
    for (AccessMode mode : modes) {
      asked
          .getFileSystem()
          .ask(
              asked,
              hadoop -> {
                hadoop.access(asked.hadoop(), action(mode));
                return mode;
              });
    }
  }

  private static FsAction action(AccessMode mode) {
    return switch (mode) {
      case READ -> FsAction.READ;
      case WRITE -> FsAction.WRITE;
      case EXECUTE -> FsAction.EXECUTE;
    };
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    if (!type.isAssignableFrom(HdfsAttributes.class)) {
      throw new UnsupportedOperationException(type.getName());
    }
    return type.cast(new HdfsAttributes(status(hdfs(path))));
  }

  /** None: the interface's word for it is null. */
  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return null;
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) {
    throw new UnsupportedOperationException("attributes of " + path + " by name");
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options) {
    throw new UnsupportedOperationException("attribute " + name + " of " + path);
  }
}
