package dev.kindling.cluster.local;

import static java.util.Objects.requireNonNull;

import dev.kindling.cluster.page.PageToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A cluster of this machine, as its state file has it. Looking at one changes nothing.
 *
 * @param folder where its files are
 * @param state what was started
 */
public record Cluster(ClusterFolder folder, ClusterState state) {
  private static final Duration TOKEN_VALIDITY = Duration.ofHours(12);

  public Cluster {
    requireNonNull(folder, "folder is null");
    requireNonNull(state, "state is null");
  }

  public String name() {
    return state.name();
  }

  /** What an application gives as {@code spark.master}; names all Masters. */
  public String masterUrl() {
    return state.masterUrl();
  }

  /**
   * What an application needs to use this cluster: the Master, the address of the driver, the event
   * log, how to leave a drained Worker, and for a secure cluster its secret. Not for display.
   *
   * @throws java.io.UncheckedIOException when the file is gone
   */
  public Map<String, String> driverConf() {
    return PrivateFile.readProperties(driverProperties());
  }

  /** The file with {@link #driverConf()}, for {@code spark-submit --properties-file}. */
  public Path driverProperties() {
    return folder.driverProperties();
  }

  /** The file with the secret settings of a secure cluster, which other machines join with. */
  public Optional<Path> secretFile() {
    return state.secure() ? Optional.of(folder.secretProperties()) : Optional.empty();
  }

  /** Where an application's driver is to listen, as {@code SPARK_LOCAL_IP}. */
  public String localIp() {
    return state.host();
  }

  /** Event logs of the applications. */
  public Path events() {
    return folder.events();
  }

  /** Where applications can be submitted over HTTP: {@code spark://host:port}, all Masters. */
  public Optional<String> restUrl() {
    String addresses =
        state.members(Role.MASTER).stream()
            .map(Member::daemon)
            .filter(master -> master.restPort().isPresent())
            .map(master -> master.host() + ":" + master.restPort().getAsInt())
            .collect(Collectors.joining(","));
    return addresses.isEmpty() ? Optional.empty() : Optional.of("spark://" + addresses);
  }

  /** The page of the History Server. */
  public Optional<String> historyUrl() {
    return state.members(Role.HISTORY).stream().findFirst().flatMap(m -> m.daemon().url());
  }

  /** Cores of all Workers together, dead ones included. */
  public int cores() {
    return state.members(Role.WORKER).stream()
        .mapToInt(worker -> worker.daemon().size().orElseThrow().cores())
        .sum();
  }

  /** Memory that all Workers together have for executors, in bytes, dead ones included. */
  public long memoryBytes() {
    return state.members(Role.WORKER).stream()
        .mapToLong(worker -> worker.daemon().size().orElseThrow().memoryBytes())
        .sum();
  }

  /** How it is at the moment; takes milliseconds, seconds when a process hangs. */
  public ClusterStatus status() {
    return ClusterStatus.of(state, pageToken());
  }

  /**
   * For the header {@code Authorization: Bearer …}: who owns the cluster, for half a day; empty
   * when the pages ask for none.
   */
  public Optional<String> pageToken() {
    return token(owner());
  }

  /**
   * Like the other, of any user: Spark's lists say what that one may see.
   *
   * @throws dev.kindling.model.error.KindlingException USAGE when no user may have this name
   */
  public Optional<String> pageToken(String user) {
    return token(Tenants.requireUser(user));
  }

  private Optional<String> token(String user) {
    if (!state.secure() || !Files.exists(folder.secretProperties())) {
      return Optional.empty();
    }
    return Optional.ofNullable(
            PrivateFile.readProperties(folder.secretProperties()).get(SecretSettings.SIGNING_KEY))
        .map(key -> PageToken.sign(key, user, Instant.now(), TOKEN_VALIDITY));
  }

  /** Whom the processes run as, and whom Spark lets see and end everything on them. */
  static String owner() {
    return System.getProperty("user.name");
  }
}
