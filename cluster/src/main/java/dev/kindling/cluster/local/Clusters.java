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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
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

  /**
   * The logs of a cluster, also of one that was ended.
   *
   * @throws KindlingException CLUSTER_NOT_FOUND when there never was one
   */
  public ClusterLogs logs(String name) {
    ClusterLogs logs = ClusterLogs.of(ClusterFolder.of(root, name));
    if (logs.all().isEmpty()) {
      throw notFound(name);
    }
    return logs;
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
    Ports.requireOurs(options.host());
    try (ClusterLock lock = ClusterLock.take(folder)) {
      refuseIfAlive(folder);
      return startOrClear(
          folder,
          options.deadline(),
          () -> {
            ClusterPlan plan = ClusterPlan.of(options, new Ports());
            return new Plan(
                plan,
                ClusterStart.empty(
                    options.name(), options.host(), plan.masterUrl(), options.secure()),
                options.secure()
                    ? SecretSettings.generate(Cluster.owner(), options.tenants().admins())
                    : Map.of(),
                options.limit(),
                true);
          });
    }
  }

  /**
   * Makes this machine a Worker of another machine's cluster.
   *
   * @throws KindlingException CLUSTER_EXISTS when a cluster of that name runs here, CLUSTER_FAILED
   *     when no Master answers, or the Worker does not start or register; nothing is left running
   *     then
   */
  public Cluster join(JoinOptions options) {
    ClusterFolder folder = ClusterFolder.of(root, options.name());
    options.host().ifPresent(Ports::requireOurs);
    try (ClusterLock lock = ClusterLock.take(folder)) {
      refuseIfAlive(folder);
      return startOrClear(
          folder,
          options.deadline(),
          () -> {
            String host =
                options.host().orElseGet(() -> MasterUrl.addressTowards(options.master()));
            return new Plan(
                ClusterPlan.joining(options.master(), host, options.size(), new Ports()),
                ClusterStart.empty(
                    options.name(), host, options.master(), !options.secret().isEmpty()),
                options.secret(),
                Optional.empty(),
                false);
          });
    }
  }

  /**
   * Ends a cluster: no process and no file is left but logs.
   *
   * @return what it was
   * @throws KindlingException CLUSTER_NOT_FOUND
   */
  public Cluster down(String name) {
    return change(
        name,
        cluster -> {
          ClusterStop.stop(cluster.state().members());
          cluster.folder().deleteAllButLogs();
          return cluster.state();
        });
  }

  /**
   * Starts what died again, at the addresses that it had, and waits until every Worker is
   * registered. A Master remembers its Workers and applications.
   *
   * @throws KindlingException CLUSTER_NOT_FOUND; CLUSTER_FAILED when a process does not start or
   *     register
   */
  public Cluster repair(String name, Duration deadline) {
    return change(name, cluster -> start(cluster.folder(), deadline, cluster.state()).repair());
  }

  /**
   * Starts one more Worker.
   *
   * @param size empty for that of the other Workers
   * @throws KindlingException CLUSTER_NOT_FOUND; CLUSTER_FAILED when it does not start or register,
   *     and is ended then
   */
  public Cluster addWorker(String name, Optional<WorkerSize> size, Duration deadline) {
    return change(name, cluster -> workers(cluster, deadline).add(size));
  }

  /**
   * Takes a Worker out without loss: it gets no more work, its executors hand on what they hold and
   * end, then it ends.
   *
   * @param deadline how long its executors may take
   * @throws KindlingException CLUSTER_NOT_FOUND; CLUSTER_FAILED when the executors do not end in
   *     time; the Worker runs on then, without getting work
   */
  public Cluster drainWorker(String name, int number, Duration deadline) {
    return change(name, cluster -> workers(cluster, deadline).drain(number));
  }

  /**
   * Kills a Worker and its executors, as a machine dies. It stays a member, for {@link #repair}.
   *
   * @throws KindlingException CLUSTER_NOT_FOUND
   */
  public Cluster killWorker(String name, int number) {
    return change(name, cluster -> workers(cluster, ClusterOptions.DEFAULT_DEADLINE).kill(number));
  }

  private Cluster change(String name, Function<Cluster, ClusterState> change) {
    ClusterFolder folder = ClusterFolder.of(root, name);
    if (!Files.exists(folder.stateFile())) {
      throw notFound(name);
    }
    try (ClusterLock lock = ClusterLock.take(folder)) {
      return new Cluster(folder, change.apply(get(name)));
    }
  }

  private Workers workers(Cluster cluster, Duration deadline) {
    return new Workers(
        cluster,
        start(cluster.folder(), deadline, cluster.state()),
        new Patience(deadline, interrupted));
  }

  private ClusterStart start(ClusterFolder folder, Duration deadline, ClusterState state) {
    return new ClusterStart(folder, installation, new Patience(deadline, interrupted), state);
  }

  /**
   * What is about to start.
   *
   * @param secret what a secure cluster asks of everyone; else empty
   * @param limit what an application gets that asks for nothing; empty for all
   * @param eventLog whether applications write their event logs here
   */
  private record Plan(
      ClusterPlan cluster,
      ClusterState empty,
      Map<String, String> secret,
      Optional<ApplicationLimit> limit,
      boolean eventLog) {}

  private Cluster startOrClear(ClusterFolder folder, Duration deadline, Supplier<Plan> planning) {
    folder.deleteAllButLogs();
    folder.deleteDaemonLogs();
    folder.create();
    Optional<ClusterStart> start = Optional.empty();
    boolean done = false;
    try {
      Plan plan = planning.get();
      start = Optional.of(start(folder, deadline, plan.empty()));
      start.get().prepare(plan.cluster(), plan.secret(), plan.limit(), plan.eventLog());
      ClusterState state = start.get().start(plan.cluster().daemons());
      done = true;
      return new Cluster(folder, state);
    } finally {
      if (!done) {
        start.ifPresent(begun -> ClusterStop.stop(begun.state().members()));
        folder.deleteAllButLogs();
      }
    }
  }

  private static void refuseIfAlive(ClusterFolder folder) {
    Optional<ClusterState> found = new ClusterStateFile(folder).read();
    if (found.isPresent() && found.get().anyAlive()) {
      ClusterState state = found.get();
      throw new KindlingException(
          ErrorCode.CLUSTER_EXISTS,
          ("Cluster '%s' is up already: %d of its %d processes run. 'kindling cluster repair' starts"
                  + " dead ones again, 'kindling cluster down' ends it; another cluster needs another"
                  + " --name.")
              .formatted(
                  state.name(),
                  state.members().stream().filter(Member::isAlive).count(),
                  state.members().size()));
    }
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
