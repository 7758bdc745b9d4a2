package dev.kindling.storage.hdfs;

import java.nio.file.FileStore;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import org.apache.hadoop.fs.FsStatus;

/** How much room the files of a NameNode have. */
final class HdfsStore extends FileStore {
  private final String name;
  private final FsStatus status;

  HdfsStore(String name, FsStatus status) {
    this.name = name;
    this.status = status;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String type() {
    return Hdfs.SCHEME;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public long getTotalSpace() {
    return status.getCapacity();
  }

  @Override
  public long getUsableSpace() {
    return status.getRemaining();
  }

  @Override
  public long getUnallocatedSpace() {
    return status.getRemaining();
  }

  @Override
  public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
    return false;
  }

  @Override
  public boolean supportsFileAttributeView(String view) {
    return view.equals("basic");
  }

  /** None: the interface's word for it is null. */
  @Override
  public <V extends FileStoreAttributeView> V getFileStoreAttributeView(Class<V> type) {
    return null;
  }

  @Override
  public Object getAttribute(String attribute) {
    throw new UnsupportedOperationException(attribute);
  }
}
