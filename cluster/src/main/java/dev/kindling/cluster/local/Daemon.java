package dev.kindling.cluster.local;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One process of a cluster as it is to run: the same before its start, while it runs and when it is
 * started again after it died.
 *
 * @param name unique in its cluster: {@code master}, {@code worker-2}
 * @param host address that it listens on
 * @param port the port that, once open, says that it is up; a History Server's is its page's
 * @param webPort port of its page, where it has one
 * @param restPort port where a Master takes applications over HTTP, where it does
 * @param size of a worker
 */
public record Daemon(
    String name,
    Role role,
    String host,
    int port,
    OptionalInt webPort,
    OptionalInt restPort,
    Optional<WorkerSize> size) {
  public Daemon {
    requireNonNull(name, "name is null");
    requireNonNull(role, "role is null");
    requireNonNull(host, "host is null");
    requireNonNull(webPort, "webPort is null");
    requireNonNull(restPort, "restPort is null");
    requireNonNull(size, "size is null");
    if (size.isPresent() != (role == Role.WORKER)) {
      throw new IllegalArgumentException("a worker has a size, and only a worker: " + name);
    }
  }

  static Daemon zooKeeper(String host, int port) {
    return new Daemon(
        "zookeeper",
        Role.ZOOKEEPER,
        host,
        port,
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty());
  }

  static Daemon master(String name, String host, int port, int webPort, OptionalInt restPort) {
    return new Daemon(
        name, Role.MASTER, host, port, OptionalInt.of(webPort), restPort, Optional.empty());
  }

  static Daemon worker(int number, String host, int port, int webPort, WorkerSize size) {
    return new Daemon(
        workerName(number),
        Role.WORKER,
        host,
        port,
        OptionalInt.of(webPort),
        OptionalInt.empty(),
        Optional.of(size));
  }

  static Daemon history(String host, int webPort) {
    return new Daemon(
        "history",
        Role.HISTORY,
        host,
        webPort,
        OptionalInt.of(webPort),
        OptionalInt.empty(),
        Optional.empty());
  }

  static String workerName(int number) {
    return "worker-" + number;
  }

  /** The address of its page, without a slash at the end; empty for one that has none. */
  public Optional<String> url() {
    return webPort.isPresent()
        ? Optional.of("http://" + host + ":" + webPort.getAsInt())
        : Optional.empty();
  }
}
