package dev.kindling.cluster.local;

import dev.kindling.model.FileTree;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Changes the Workers of a cluster that runs. To be used under its lock. */
final class Workers {
  // Of one signal and of a kill: not of work that takes its time.
  private static final Duration AT_ONCE = Duration.ofSeconds(15);

  private final Cluster cluster;
  private final ClusterStart start;
  private final Patience patience;

  Workers(Cluster cluster, ClusterStart start, Patience patience) {
    this.cluster = cluster;
    this.start = start;
    this.patience = patience;
  }

  ClusterState add(Optional<WorkerSize> size) {
    List<Member> workers = cluster.state().members(Role.WORKER);
    List<Member> masters = cluster.state().members(Role.MASTER);
    if (!masters.isEmpty() && masters.stream().noneMatch(Member::isAlive)) {
      throw new KindlingException(
          ErrorCode.CLUSTER_FAILED,
          "Cannot add a Worker to cluster '%s': no Master of it runs. 'kindling cluster repair' starts one again."
              .formatted(cluster.name()));
    }
    int number = 1;
    while (cluster.state().member(Daemon.workerName(number)).isPresent()) {
      number++;
    }
    WorkerSize actual =
        size.orElseGet(
            () ->
                workers.stream()
                    .findFirst()
                    .flatMap(worker -> worker.daemon().size())
                    .orElse(ClusterOptions.DEFAULT_SIZE));
    Daemon worker = ClusterPlan.worker(number, cluster.state().host(), actual, new Ports());
    boolean started = false;
    try {
      ClusterState state = start.start(List.of(worker));
      started = true;
      return state;
    } finally {
      if (!started) {
        start.state().member(worker.name()).ifPresent(start::remove);
      }
    }
  }

  ClusterState drain(int number) {
    Member worker = living(number);
    signal(worker);
    Patience soon = new Patience(AT_ONCE, patience.interrupted());
    if (!soon.until(() -> !takesWork(worker))) {
      throw new KindlingException(
          ErrorCode.CLUSTER_FAILED,
          "%s of cluster '%s' does not answer the request to drain."
              .formatted(worker.name(), cluster.name()));
    }
    if (!patience.until(() -> ClusterStop.children(worker).isEmpty())) {
      throw new KindlingException(
          ErrorCode.CLUSTER_FAILED,
          ("%s of cluster '%s' gets no more work, but %d of its executors have not ended within %d s."
                  + " Drain it again to wait longer (--deadline), or kill it, and its tasks run"
                  + " again elsewhere.")
              .formatted(
                  worker.name(),
                  cluster.name(),
                  ClusterStop.children(worker).size(),
                  patience.deadline().toSeconds()));
    }
    ClusterState state = start.remove(worker);
    deleteFiles(worker);
    return state;
  }

  ClusterState kill(int number) {
    Member worker = living(number);
    List<ProcessIdentity> executors = ClusterStop.children(worker);
    // The Worker first: it would take the end of an executor for a failure and start another.
    worker.process().kill();
    executors.forEach(ProcessIdentity::kill);
    new Patience(AT_ONCE, patience.interrupted())
        .until(() -> !worker.isAlive() && executors.stream().noneMatch(ProcessIdentity::isAlive));
    return cluster.state();
  }

  private Member living(int number) {
    String name = Daemon.workerName(number);
    Member worker =
        cluster
            .state()
            .member(name)
            .orElseThrow(
                () ->
                    new KindlingException(
                        ErrorCode.CLUSTER_NOT_FOUND,
                        "Cluster '%s' has no %s (there are: %s)."
                            .formatted(cluster.name(), name, names())));
    if (!worker.isAlive()) {
      throw new KindlingException(
          ErrorCode.CLUSTER_FAILED,
          "%s of cluster '%s' is dead already. 'kindling cluster repair' starts it again."
              .formatted(name, cluster.name()));
    }
    return worker;
  }

  private String names() {
    String names =
        cluster.state().members(Role.WORKER).stream()
            .map(Member::name)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "no Workers" : names;
  }

  private boolean takesWork(Member worker) {
    List<Member> masters = cluster.state().members(Role.MASTER);
    Optional<String> token = cluster.pageToken();
    return masters.stream()
        .flatMap(master -> MasterPage.read(master.daemon(), token).stream())
        .filter(MasterPage::isAlive)
        .anyMatch(page -> page.state(worker.daemon()).equals(Optional.of(MasterPage.ALIVE)));
  }

  // What Spark's own scripts send to decommission a Worker.
  private void signal(Member worker) {
    String pid = Long.toString(worker.process().pid());
    try {
      int code = new ProcessBuilder("kill", "-PWR", pid).start().waitFor();
      if (code != 0) {
        throw cannotSignal(worker, "exit code " + code);
      }
    } catch (IOException e) {
      throw cannotSignal(worker, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KindlingException(ErrorCode.INTERRUPTED, "Interrupted.", e);
    }
  }

  private static KindlingException cannotSignal(Member worker, String reason) {
    return new KindlingException(
        ErrorCode.CLUSTER_FAILED,
        ("Cannot drain %s: 'kill -PWR %d' failed with %s. Draining needs Linux, whose signal PWR"
                + " Spark listens to.")
            .formatted(worker.name(), worker.process().pid(), reason));
  }

  private void deleteFiles(Member worker) {
    try {
      FileTree.delete(cluster.folder().work(worker.name()));
      FileTree.delete(cluster.folder().local(worker.name()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
