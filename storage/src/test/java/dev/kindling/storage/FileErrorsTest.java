package dev.kindling.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileErrorsTest {
  @TempDir Path root;

  @Test
  void noSpaceIsAShortage() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this system has a device that is always full");

    KindlingException error =
        translate(
            full,
            () -> {
              try (FileOutputStream out = new FileOutputStream(full.toFile())) {
                out.write(1);
              }
            });

    assertThat(error.code()).isEqualTo(ErrorCode.NO_SPACE);
    assertThat(error)
        .hasMessageMatching(
            "Cannot do it: /dev/full: no space is left on the file system \\(\\d+ MiB free\\)\\."
                + " Free some space there, or choose a path on another disk\\.");
  }

  @Test
  void aMissingFileIsTheUsersToMend() {
    Path missing = root.resolve("missing");

    KindlingException error = translate(missing, () -> Files.readAllBytes(missing));

    assertThat(error.code()).isEqualTo(ErrorCode.FILE_NOT_FOUND);
    assertThat(error)
        .hasMessage("Cannot do it: " + missing + ": it does not exist. Check the path.");
  }

  @Test
  void whatTheSystemReallySaysIsUnderstood() throws IOException {
    Path file = Files.createFile(root.resolve("file"));
    Path folder = Files.createDirectories(root.resolve("folder/inside")).getParent();
    Path loop = Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
    Path below = file.resolve("below");
    Path tooLong = root.resolve("x".repeat(300));

    assertThat(translate(below, () -> Files.createDirectory(below)))
        .hasMessageContaining("a part of the path is a file, not a folder");
    assertThat(translate(tooLong, () -> Files.createFile(tooLong)))
        .hasMessageContaining("the name is too long for the file system");
    assertThat(translate(folder, () -> Files.delete(folder)))
        .hasMessageContaining("the folder is not empty");
    assertThat(translate(file, () -> Files.createFile(file)))
        .hasMessageContaining("it exists already");
    assertThat(translate(loop, () -> loop.toRealPath()))
        .hasMessageContaining("a symbolic link leads back to itself");
    assertThat(translate(folder, () -> new FileOutputStream(folder.toFile()).close()))
        .hasMessageContaining("it is a folder, not a file");
    assertThat(translate(root, () -> Files.readAllBytes(root.resolve("gone"))))
        .hasMessageContaining(root + " (at " + root.resolve("gone") + "): it does not exist");
  }

  @ParameterizedTest
  @CsvSource({
    "Disk quota exceeded, NO_SPACE, the disk quota is used up",
    "There is not enough space on the disk, NO_SPACE, no space is left",
    "Read-only file system, FILE_ACCESS, the file system is mounted read-only",
    "Too many open files, FILE_ACCESS, Raise the limit (ulimit -n)",
    "Operation not permitted, FILE_ACCESS, permission denied for user",
    "Device or resource busy, FILE_ACCESS, in use by the system",
    "Input/output error, FILE_ACCESS, the disk reports an error",
    "Stale file handle, FILE_ACCESS, the network file system does not answer",
    "Something new, FILE_ACCESS, Something new. Check that the path can be reached",
  })
  void wordsOfTheSystem(String reason, ErrorCode code, String message) {
    KindlingException error =
        translate(
            root,
            () -> {
              throw new FileSystemException(root.toString(), null, reason);
            });

    assertThat(error.code()).isEqualTo(code);
    assertThat(error).hasMessageContaining(message).hasRootCauseMessage(root + ": " + reason);
  }

  @Test
  void exceptionsWithoutWords() {
    assertThat(
            translate(
                root,
                () -> {
                  throw new AccessDeniedException(root.toString());
                }))
        .hasMessageContaining("permission denied for user '");
    assertThat(
            translate(
                root,
                () -> {
                  throw new AtomicMoveNotSupportedException(root.toString(), "b", "");
                }))
        .hasMessageContaining("the two paths are on different file systems");
    assertThat(
            translate(
                root,
                () -> {
                  throw new java.io.EOFException();
                }))
        .hasMessageContaining(": EOFException. ");
  }

  @Test
  void theBytesOfAFailedWriteAreNotMistakenForAReason() throws IOException {
    Path named = Files.write(root.resolve("no space left"), "x".getBytes(UTF_8));

    KindlingException error = translate(named, () -> Files.createFile(named));

    assertThat(error.code()).isEqualTo(ErrorCode.FILE_ACCESS);
  }

  private static KindlingException translate(Path where, ThrowingCallable act) {
    IOException error = catchThrowableOfType(IOException.class, act);
    assertThat(error).isNotNull();
    return FileErrors.translate(error, "do it", where);
  }
}
