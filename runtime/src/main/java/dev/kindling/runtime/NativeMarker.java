package dev.kindling.runtime;

import dev.kindling.storage.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Names what the native library is running at the moment, in a small file that outlives the
 * process. When the library takes the whole process down, the launcher starts the same command
 * again with {@code KINDLING_CRASHED=1}; the file then tells what must not run natively again. The
 * file's path is in {@code KINDLING_MARKER}; without it, nothing is written.
 */
public final class NativeMarker {
  private final Optional<Path> file;
  private final Optional<String> crashed;

  private NativeMarker(Optional<Path> file, Optional<String> crashed) {
    this.file = file;
    this.crashed = crashed;
  }

  /** The marker that the launcher asks for. */
  public static NativeMarker from(Map<String, String> environment) {
    Optional<Path> file =
        Optional.ofNullable(environment.get("KINDLING_MARKER"))
            .filter(text -> !text.isBlank())
            .map(Path::of);
    boolean again = "1".equals(environment.get("KINDLING_CRASHED"));
    return new NativeMarker(file, again ? file.flatMap(NativeMarker::read) : Optional.empty());
  }

  /** A marker that writes nothing. */
  public static NativeMarker none() {
    return new NativeMarker(Optional.empty(), Optional.empty());
  }

  /** What ran natively when the process before this one was taken down. */
  public Optional<String> crashedIn() {
    return crashed;
  }

  /** Notes that the native library starts to run something. */
  public void enter(String what) {
    file.ifPresent(
        path -> {
          try {
            Files.writeString(path, what);
          } catch (IOException e) {
            throw FileErrors.translate(e, "note what runs natively", path);
          }
        });
  }

  /** Notes that the native library came back. */
  public void leave() {
    file.ifPresent(
        path -> {
          try {
            Files.deleteIfExists(path);
          } catch (IOException e) {
            throw FileErrors.translate(e, "delete the note of what runs natively", path);
          }
        });
  }

  private static Optional<String> read(Path path) {
    try {
      return Files.exists(path)
          ? Optional.of(Files.readString(path).strip()).filter(text -> !text.isEmpty())
          : Optional.empty();
    } catch (IOException e) {
      throw FileErrors.translate(e, "read what ran natively", path);
    }
  }
}
