package dev.kindling.storage;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** A store that fails when a given number of changes have been made, and stays so. */
final class SteppingStore implements Store {
  /** Stands for SIGKILL: not an exception that any code under test handles. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  enum Failure {
    KILL,
    /** Every change after the given number fails, as on a disk that went bad. */
    DISK_ERROR,
    /** Only one change fails. */
    ONE_DISK_ERROR
  }

  private final Store store = new LocalStore(Durability.PROCESS_KILL);
  private final Failure failure;
  private int stepsLeft;

  SteppingStore(Failure failure, int steps) {
    this.failure = failure;
    this.stepsLeft = steps;
  }

  /** Whether the failure has happened. */
  boolean failed() {
    return stepsLeft < 0;
  }

  private boolean failsNow() {
    stepsLeft--;
    return failure == Failure.ONE_DISK_ERROR ? stepsLeft == -1 : stepsLeft < 0;
  }

  private void fail(Path path) throws IOException {
    if (failure == Failure.KILL) {
      throw new Killed();
    }
    throw new FileSystemException(path.toString(), null, "Input/output error");
  }

  private void step(Path path) throws IOException {
    if (failsNow()) {
      fail(path);
    }
  }

  @Override
  public boolean exists(Path path) throws IOException {
    return store.exists(path);
  }

  @Override
  public boolean isFolder(Path path) throws IOException {
    return store.isFolder(path);
  }

  @Override
  public List<Path> list(Path folder) throws IOException {
    return store.list(folder);
  }

  @Override
  public byte[] read(Path file) throws IOException {
    return store.read(file);
  }

  @Override
  public long size(Path file) throws IOException {
    return store.size(file);
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    step(folder);
    store.createFolder(folder);
  }

  @Override
  public void write(Path file, byte[] content) throws IOException {
    if (failsNow()) {
      store.write(file, Arrays.copyOf(content, content.length / 2));
      fail(file);
    }
    store.write(file, content);
  }

  @Override
  public void append(Path file, byte[] content) throws IOException {
    if (failsNow()) {
      store.append(file, Arrays.copyOf(content, content.length / 2));
      fail(file);
    }
    store.append(file, content);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step(from);
    store.rename(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    if (store.exists(path)) {
      step(path);
      store.delete(path);
    }
  }

  @Override
  public void syncFiles(Collection<Path> files) throws IOException {
    store.syncFiles(files);
  }

  @Override
  public void syncFolders(Collection<Path> folders) {
    store.syncFolders(folders);
  }
}
