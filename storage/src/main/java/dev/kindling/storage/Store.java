package dev.kindling.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * What publishing needs of a file system. Symbolic links are not followed: a link is a thing of its
 * own that can be renamed and deleted.
 */
interface Store {
  /**
   * Whether there is something. That nobody can tell is an error, and not a no: on a no, publishing
   * goes other ways.
   */
  boolean exists(Path path) throws IOException;

  boolean isFolder(Path path) throws IOException;

  /** The entries of a folder in the order of their names; none if the folder does not exist. */
  List<Path> list(Path folder) throws IOException;

  byte[] read(Path file) throws IOException;

  long size(Path file) throws IOException;

  /** Creates one folder; its parent exists. Does nothing if the folder exists. */
  void createFolder(Path folder) throws IOException;

  /** Writes a whole small file and forces it to the disk; not atomic. */
  void write(Path file, byte[] content) throws IOException;

  /** Adds to the end of a file, which need not exist, and forces it to the disk. */
  void append(Path file, byte[] content) throws IOException;

  /**
   * Renames within one file system, in one step that other processes see as a whole. Replaces a
   * file or an empty folder at the new name.
   *
   * @throws java.nio.file.DirectoryNotEmptyException if a folder with entries has the new name
   */
  void rename(Path from, Path to) throws IOException;

  /** Deletes a file or an empty folder; does nothing if it is not there. */
  void delete(Path path) throws IOException;

  /** Forces the content of files to the disk. */
  void syncFiles(Collection<Path> files) throws IOException;

  /** Forces the entries of folders to the disk, where the system can do so. */
  void syncFolders(Collection<Path> folders);

  /** Deletes whatever is at the path, with everything below; does nothing if it is not there. */
  default void deleteTree(Path path) throws IOException {
    if (isFolder(path)) {
      for (Path entry : list(path)) {
        deleteTree(entry);
      }
    }
    delete(path);
  }

  /** Writes a small file so that its name shows either the old content or the whole new one. */
  default void replace(Path file, Path scratch, byte[] content) throws IOException {
    write(scratch, content);
    rename(scratch, file);
  }
}
