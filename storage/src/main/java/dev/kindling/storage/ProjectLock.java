package dev.kindling.storage;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The right to run in a project, which one run at a time can have. The operating system takes it
 * back when the process ends in whatever way, so a killed run never blocks the next one.
 */
public final class ProjectLock implements AutoCloseable {
  private final ProjectDirectory project;
  private final OsLock lock;

  private ProjectLock(ProjectDirectory project, OsLock lock) {
    this.project = project;
    this.lock = lock;
  }

  /**
   * Takes the lock, or fails at once.
   *
   * @param command what to show to somebody who finds the project locked, such as {@code kindling
   *     run}; no arguments, for they may hold secrets
   * @throws KindlingException PROJECT_LOCKED if another process, or another thread of this one, has
   *     it
   */
  public static ProjectLock acquire(ProjectDirectory project, String command) {
    requireNonNull(project, "project is null");
    requireNonNull(command, "command is null");
    Path file = project.folder().resolve("lock");
    try {
      Optional<OsLock> lock = OsLock.tryAcquire(file);
      if (lock.isEmpty()) {
        throw new KindlingException(
            ErrorCode.PROJECT_LOCKED,
            "Another run holds this project"
                + Owner.read(project).map(owner -> ": " + owner.describe()).orElse("")
                + ". Wait for it, or stop it.");
      }
      new Owner(command, ProcessHandle.current().pid(), Instant.now()).write(project);
      return new ProjectLock(project, lock.get());
    } catch (IOException e) {
      throw FileErrors.translate(e, "lock the project", file);
    }
  }

  /** The project that is locked. */
  public ProjectDirectory project() {
    return project;
  }

  /** Lets the next run begin. Closing twice does nothing. */
  @Override
  public void close() {
    lock.close();
  }

  /** Who holds the lock; in a file of its own, because the locked one must not be opened. */
  private record Owner(String command, long pid, Instant since) {
    private static Path file(ProjectDirectory project) {
      return project.folder().resolve("lock.json");
    }

    void write(ProjectDirectory project) throws IOException {
      byte[] json =
          Json.write(
              (JsonGenerator out) -> {
                out.writeStringField("command", command);
                out.writeNumberField("pid", pid);
                out.writeStringField("since", since.truncatedTo(ChronoUnit.SECONDS).toString());
              });
      Path file = file(project);
      new LocalStore(Durability.PROCESS_KILL)
          .replace(file, file.resolveSibling("lock.json.tmp"), json);
    }

    static Optional<Owner> read(ProjectDirectory project) {
      try {
        JsonNode json = Json.read(new LocalStore(Durability.PROCESS_KILL).read(file(project)));
        return Optional.of(
            new Owner(
                json.path("command").asText(),
                json.path("pid").asLong(),
                Instant.parse(json.path("since").asText())));
      } catch (IOException | DateTimeException e) {
        // the holder has not written it yet; the lock itself is what counts
        return Optional.empty();
      }
    }

    String describe() {
      LocalDateTime started = LocalDateTime.ofInstant(since, ZoneId.systemDefault());
      String pattern =
          started.toLocalDate().equals(LocalDate.now(ZoneId.systemDefault()))
              ? "HH:mm:ss"
              : "yyyy-MM-dd HH:mm:ss";
      return "`"
          + command
          + "` (pid "
          + pid
          + ", since "
          + started.format(DateTimeFormatter.ofPattern(pattern))
          + ")";
    }
  }
}
