package dev.kindling.cluster.local;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that stays the same one: process ids are used again, so its start goes with it.
 *
 * @param pid process id
 * @param startedAt start of the process by the system's own account
 */
public record ProcessIdentity(long pid, Instant startedAt) {
  // The system counts from its own start, whose time it gives in whole seconds and may round anew.
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  public ProcessIdentity {
    requireNonNull(startedAt, "startedAt is null");
  }

  static ProcessIdentity of(ProcessHandle process) {
    return new ProcessIdentity(
        process.pid(), process.info().startInstant().orElseGet(Instant::now));
  }

  /** Whether this very process runs; a zombie, which nobody has collected yet, does not. */
  public boolean isAlive() {
    return handle().isPresent();
  }

  /** The process, when it runs. */
  Optional<ProcessHandle> handle() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(this::isTheSame)
        .filter(process -> !isZombie());
  }

  /** Asks it to end; no effect when it does not run. */
  void terminate() {
    handle().ifPresent(ProcessHandle::destroy);
  }

  /** Ends it at once; no effect when it does not run. */
  void kill() {
    handle().ifPresent(ProcessHandle::destroyForcibly);
  }

  private boolean isTheSame(ProcessHandle process) {
    return process
        .info()
        .startInstant()
        .map(start -> Duration.between(startedAt, start).abs().compareTo(TOLERANCE) <= 0)
        .orElse(true);
  }

  // A container's first process is often a program that does not collect ended processes. They stay
  // in the list for ever, and Java takes them for alive.
  private boolean isZombie() {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // The program's name is in brackets and may hold any character.
      return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
    } catch (IOException e) {
      // No such file system, or the process is gone: Java's own word stands.
      return false;
    }
  }
}
