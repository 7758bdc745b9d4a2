package dev.kindling.model.record;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.FileTree;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * The runs of a project: one folder each in {@code .kindling/runs}, with the run's record in {@code
 * run.json}. A record is there whole or not at all. Several processes may use one store.
 */
public final class RunRecordStore {
  private static final String RECORD = "run.json";
  private static final String QUARANTINE = "quarantine";
  private static final DateTimeFormatter ID_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path runs;

  /**
   * @param projectDir the folder of the pipeline file
   */
  public RunRecordStore(Path projectDir) {
    this.runs = requireNonNull(projectDir, "projectDir is null").resolve(".kindling/runs");
  }

  /** A name for a run: the time in UTC, so that names sort as runs start, and a random end. */
  public static String newRunId(Instant startedAt) {
    int random = ThreadLocalRandom.current().nextInt(0x10000);
    return ID_TIME.format(startedAt) + "-" + String.format(Locale.ROOT, "%04x", random);
  }

  /** The folder of a run, whether it exists or not: the place for its report and quarantine. */
  public Path directory(String runId) {
    Path directory = runs.resolve(runId).normalize();
    if (!runs.normalize().equals(directory.getParent())) {
      throw new KindlingException(
          ErrorCode.FILE_NOT_FOUND,
          "'" + runId + "' is not the name of a run (accepted: a folder in " + runs + ")");
    }
    return directory;
  }

  /**
   * Writes a record, in the place of an earlier one of the same run.
   *
   * @return the file
   * @throws KindlingException FILE_ACCESS when it cannot be written
   */
  public Path write(RunRecord record) {
    Path directory = directory(record.runId());
    Path file = directory.resolve(RECORD);
    try {
      Files.createDirectories(directory);
      Path temporary = Files.createTempFile(directory, RECORD, ".tmp");
      try {
        Files.write(temporary, RunRecordJson.write(record));
        Files.move(
            temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw access("write", file, e);
    }
    return file;
  }

  /**
   * The names of the runs that left a record, newest first. A run that is still going, or was
   * killed, has none.
   */
  public List<String> runIds() {
    try (Stream<Path> folders = Files.list(runs)) {
      return folders
          .filter(folder -> Files.isRegularFile(folder.resolve(RECORD)))
          .map(folder -> folder.getFileName().toString())
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw access("list", runs, e);
    }
  }

  /**
   * The record of a run; empty when it left none.
   *
   * @throws KindlingException RECORD_INVALID when the file is damaged or of a newer version,
   *     FILE_ACCESS when it cannot be read
   */
  public Optional<RunRecord> read(String runId) {
    return readFile(directory(runId).resolve(RECORD));
  }

  /**
   * The record in a file, wherever it lies; empty when there is no such file. Fails as {@link
   * #read} does.
   */
  public static Optional<RunRecord> readFile(Path file) {
    try {
      return Optional.of(RunRecordJson.read(Files.readAllBytes(file), file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw access("read", file, e);
    }
  }

  /** The records of all runs, newest first; fails as {@link #read} does. */
  public List<RunRecord> list() {
    return runIds().stream().flatMap(id -> read(id).stream()).toList();
  }

  /** The record of the newest run that left one; fails as {@link #read} does. */
  public Optional<RunRecord> latest() {
    return runIds().stream().findFirst().flatMap(this::read);
  }

  /**
   * Forgets the oldest runs: their records and reports are deleted. Rows that they put aside stay
   * where they are, because nobody may have looked at them yet.
   *
   * @param keep how many of the newest runs are kept
   * @throws KindlingException FILE_ACCESS when something cannot be deleted
   */
  public void forgetAllBut(int keep) {
    List<String> ids = runIds();
    for (String id : ids.subList(Math.min(keep, ids.size()), ids.size())) {
      Path folder = directory(id);
      try {
        List<Path> entries;
        try (Stream<Path> all = Files.list(folder)) {
          entries = all.toList();
        }
        boolean empty = true;
        for (Path entry : entries) {
          if (entry.getFileName().toString().equals(QUARANTINE)) {
            empty = false;
          } else {
            FileTree.delete(entry);
          }
        }
        if (empty) {
          Files.delete(folder);
        }
      } catch (IOException e) {
        throw access("delete", folder, e);
      }
    }
  }

  private static KindlingException access(String what, Path file, IOException e) {
    String reason =
        e instanceof FileSystemException f && f.getReason() != null
            ? f.getReason()
            : e.getClass().getSimpleName();
    return new KindlingException(
        ErrorCode.FILE_ACCESS, "Cannot " + what + " run record '" + file + "': " + reason, e);
  }
}
