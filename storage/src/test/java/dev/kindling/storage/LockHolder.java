package dev.kindling.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** A process that locks a project and has a temporary folder until its input ends. */
final class LockHolder {
  private LockHolder() {}

  /** Argument: the project folder. Prints the id of its run when it has everything. */
  public static void main(String[] arguments) throws IOException {
    ProjectDirectory project = ProjectDirectory.of(Path.of(arguments[0]));
    RunId run = RunId.next(Clock.systemUTC());
    try (ProjectLock lock = ProjectLock.acquire(project, "kindling run");
        TemporaryFolder temporary = TemporaryFolder.create(lock.project(), run)) {
      Versions.write(temporary.folder("spill"), 1);
      System.out.println(run);
      while (System.in.read() >= 0) {
        continue;
      }
    }
  }
}
