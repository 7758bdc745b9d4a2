package dev.kindling.cluster.local;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;

/**
 * The cluster that a user asks for.
 *
 * @param name tells clusters of one user apart
 * @param host address that the Master listens on; that of this machine for others to join
 * @param workers number of Workers, 0 or more
 * @param size of each Worker
 * @param classicPorts whether Spark's well-known ports are used, and not any that are free
 * @param highAvailability whether there are two Masters, one of which stands by
 * @param secure whether everyone must know a secret, and what goes over the network is encrypted
 * @param history whether there is a History Server
 * @param tenants who shares it, and what an application gets
 * @param deadline how long a step of the start may take, such as the Workers' registration
 */
public record ClusterOptions(
    String name,
    String host,
    int workers,
    WorkerSize size,
    boolean classicPorts,
    boolean highAvailability,
    boolean secure,
    boolean history,
    Tenants tenants,
    Duration deadline) {
  /** Reads well where a cluster is named: {@code --target cluster}. */
  public static final String DEFAULT_NAME = "cluster";

  public static final String LOOPBACK = "127.0.0.1";
  public static final int DEFAULT_WORKERS = 3;
  public static final WorkerSize DEFAULT_SIZE = new WorkerSize(2, 2L << 30);
  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(30);

  public ClusterOptions {
    requireNonNull(name, "name is null");
    requireNonNull(host, "host is null");
    requireNonNull(size, "size is null");
    requireNonNull(tenants, "tenants is null");
    requireNonNull(deadline, "deadline is null");
    if (workers < 0) {
      throw new IllegalArgumentException("workers must not be negative, was " + workers);
    }
    if (!secure && !tenants.admins().isEmpty()) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Only a secure cluster knows its users: give --secure with --admins, or leave it out.");
    }
    ApplicationLimit.of(tenants, workers, size);
  }

  /** Three Workers of two cores and 2 GiB each, on this machine only. */
  public static ClusterOptions named(String name) {
    return new ClusterOptions(
        name,
        LOOPBACK,
        DEFAULT_WORKERS,
        DEFAULT_SIZE,
        false,
        false,
        false,
        true,
        Tenants.NONE,
        DEFAULT_DEADLINE);
  }

  /** What an application gets that asks for nothing; empty for all. */
  Optional<ApplicationLimit> limit() {
    return ApplicationLimit.of(tenants, workers, size);
  }

  /**
   * What to say when the executors could fill more memory than this machine has; empty when it is
   * enough.
   */
  public Optional<String> memoryWarning() {
    long machine =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
            .getTotalMemorySize();
    long offered = workers * size.memoryBytes();
    return offered <= machine
        ? Optional.empty()
        : Optional.of(
            ("Executors may fill %d MiB on %d Workers, and this machine has %d MiB: the system may kill"
                    + " some. Give --memory less, or --workers fewer.")
                .formatted(offered >> 20, workers, machine >> 20));
  }
}
