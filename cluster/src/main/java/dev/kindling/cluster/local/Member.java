package dev.kindling.cluster.local;

import static java.util.Objects.requireNonNull;

/**
 * A process of a cluster that was started.
 *
 * @param daemon what it is
 * @param process the process that it was last started as
 */
public record Member(Daemon daemon, ProcessIdentity process) {
  public Member {
    requireNonNull(daemon, "daemon is null");
    requireNonNull(process, "process is null");
  }

  /** The name of the daemon. */
  public String name() {
    return daemon.name();
  }

  /** Whether its process runs. */
  public boolean isAlive() {
    return process.isAlive();
  }
}
