package dev.kindling.cluster.local;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.process.SparkInstallation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The clusters of this user on this machine. Each has a name and a folder; see {@link
 * ClusterFolder}. Methods that change a cluster exclude each other, over processes too.
 */
public final class Clusters {
  private final Path root;
  private final SparkInstallation installation;
  private final BooleanSupplier interrupted;

  /**
   * @param root the folder with a folder for each cluster
   * @param interrupted whether the user asks to stop; a start then ends what it started
   */
  public Clusters(Path root, SparkInstallation installation, BooleanSupplier interrupted) {
    this.root = requireNonNull(root, "root is null");
    this.installation = requireNonNull(installation, "installation is null");
    this.interrupted = requireNonNull(interrupted, "interrupted is null");
  }

  /** Those of the user whose environment this is, run by this process's own Spark. */
  public static Clusters ofUser(Map<String, String> environment, BooleanSupplier interrupted) {
    return new Clusters(
        ClusterFolder.root(environment), SparkInstallation.ofThisProcess(), interrupted);
  }

  /**
   * A cluster that was started and not ended, alive or not.
   *
   * @throws KindlingException RECORD_INVALID when its state file is damaged or of a newer version
   */
  public Optional<Cluster> find(String name) {
    ClusterFolder folder = ClusterFolder.of(root, name);
    return new ClusterStateFile(folder).read().map(state -> new Cluster(folder, state));
  }

  /** Like {@link #find}, and CLUSTER_NOT_FOUND when there is none. */
  public Cluster get(String name) {
    return find(name).orElseThrow(() -> notFound(name));
  }

  /** The names of the clusters that were started and not ended, sorted. */
  public List<String> names() {
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .map(ClusterFolder::new)
          .filter(folder -> Files.exists(folder.stateFile()))
          .map(ClusterFolder::name)
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts a cluster and waits until all Workers are registered. What a cluster of that name left,
   * none of whose processes runs, is cleared away first.
   *
   * @throws KindlingException CLUSTER_EXISTS when it runs, PORT_TAKEN, CLUSTER_FAILED when a
   *     process does not start or register; nothing is left running then
   */
  public Cluster up(ClusterOptions options) {
    ClusterFolder folder = ClusterFolder.of(root, options.name());
    try (ClusterLock lock = ClusterLock.take(folder)) {
      new ClusterStateFile(folder).read().ifPresent(state -> refuseIfAlive(state));
      clear(folder);
      folder.deleteDaemonLogs();
      ClusterPlan plan = ClusterPlan.of(options, new Ports());
      Map<String, String> secret = options.secure() ? SecretSettings.generate() : Map.of();
      ClusterStart start =
          new ClusterStart(
              folder,
              installation,
              new Patience(options.deadline(), interrupted),
              ClusterStart.empty(
                  options.name(), options.host(), plan.masterUrl(), options.secure()));
      folder.create();
      start.prepare(plan, secret);
      return new Cluster(folder, startOrStop(start, plan.daemons(), folder));
    }
  }

  /**
   * Ends a cluster: no process and no file is left but logs.
   *
   * @return what it was
   * @throws KindlingException CLUSTER_NOT_FOUND
   */
  public Cluster down(String name) {
    ClusterFolder folder = ClusterFolder.of(root, name);
    if (!Files.exists(folder.stateFile())) {
      throw notFound(name);
    }
    try (ClusterLock lock = ClusterLock.take(folder)) {
      Cluster cluster = get(name);
      ClusterStop.stop(cluster.state().members());
      clear(folder);
      return cluster;
    }
  }

  private static ClusterState startOrStop(
      ClusterStart start, List<Daemon> daemons, ClusterFolder folder) {
    boolean started = false;
    try {
      ClusterState state = start.start(daemons);
      started = true;
      return state;
    } finally {
      if (!started) {
        ClusterStop.stop(start.state().members());
        clear(folder);
      }
    }
  }

  private static void refuseIfAlive(ClusterState state) {
    if (state.anyAlive()) {
      throw new KindlingException(
          ErrorCode.CLUSTER_EXISTS,
          ("Cluster '%s' is up already: %d of its %d processes run. 'kindling cluster status' shows"
                  + " it, 'kindling cluster down' ends it; --name gives another one its own name.")
              .formatted(
                  state.name(),
                  state.members().stream().filter(Member::isAlive).count(),
                  state.members().size()));
    }
  }

  // The lock goes by itself, last of all.
  private static void clear(ClusterFolder folder) {
    folder.deleteAllButLogs();
  }

  private KindlingException notFound(String name) {
    List<String> names = names();
    return new KindlingException(
        ErrorCode.CLUSTER_NOT_FOUND,
        "There is no cluster '%s' (%s). 'kindling cluster up%s' starts one."
            .formatted(
                name,
                names.isEmpty() ? "there is none at all" : "there are: " + String.join(", ", names),
                name.equals(ClusterOptions.DEFAULT_NAME) ? "" : " --name " + name));
  }
}
