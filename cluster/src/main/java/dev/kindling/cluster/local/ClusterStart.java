package dev.kindling.cluster.local;

import dev.kindling.model.process.SparkInstallation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts processes of a cluster in the order in which they need each other. Each is in the state
 * file as soon as it runs, so that whatever becomes of this command, another one can end it.
 */
final class ClusterStart {
  private final ClusterFolder folder;
  private final SparkInstallation installation;
  private final Daemons daemons;
  private final ClusterStateFile file;
  private ClusterState state;

  /**
   * @param state the members that run already, if any
   */
  ClusterStart(
      ClusterFolder folder, SparkInstallation installation, Patience patience, ClusterState state) {
    this.folder = folder;
    this.installation = installation;
    this.daemons = new Daemons(folder, installation, patience);
    this.file = new ClusterStateFile(folder);
    this.state = state;
  }

  /**
   * Writes the files that the processes and the cluster's applications read.
   *
   * @param secret what a secure cluster asks of everyone; else empty
   * @param limit what an application gets that asks for nothing; empty for all
   * @param eventLog whether applications write their event logs into the cluster's folder
   */
  void prepare(
      ClusterPlan plan,
      Map<String, String> secret,
      Optional<ApplicationLimit> limit,
      boolean eventLog) {
    if (!secret.isEmpty()) {
      PrivateFile.writeProperties(folder.secretProperties(), secret);
    }
    PrivateFile.writeProperties(
        folder.daemonProperties(), Settings.daemons(folder, plan, secret, limit));
    PrivateFile.writeProperties(
        folder.driverProperties(),
        Settings.drivers(
            folder, plan.masterUrl(), state.host(), secret, limit, eventLog, installation));
    plan.daemons().stream()
        .filter(daemon -> daemon.role() == Role.ZOOKEEPER)
        .forEach(this::prepareZooKeeper);
    SparkHome.make(folder.sparkHome(), installation);
  }

  private void prepareZooKeeper(Daemon zooKeeper) {
    try {
      Files.createDirectories(folder.zooKeeperData());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PrivateFile.write(
        folder.zooKeeperSettings(),
        Settings.zooKeeper(folder, zooKeeper).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Starts these processes and waits until they do their work.
   *
   * @return the state with them
   * @throws dev.kindling.model.error.KindlingException CLUSTER_FAILED when one does not; what
   *     started before runs then, and is in {@link #state()}
   */
  ClusterState start(List<Daemon> all) {
    List<Daemon> ordered = new ArrayList<>(all);
    ordered.sort(Comparator.comparing(Daemon::role));
    List<Member> workers = new ArrayList<>();
    List<Member> others = new ArrayList<>();
    for (Daemon daemon : ordered) {
      if (daemon.role() == Role.HISTORY) {
        // It would only take processor time from those that everybody waits for.
        awaitWorkers(workers);
      } else if (daemon.role() == Role.WORKER && workers.isEmpty()) {
        awaitLeader();
      }
      Member member = daemons.start(daemon, state.masterUrl());
      state = state.with(member);
      file.write(state);
      if (daemon.role() == Role.WORKER) {
        workers.add(member);
      } else if (daemon.role() == Role.MASTER && others.stream().anyMatch(ClusterStart::isMaster)) {
        // Stands by: nobody needs it yet.
        others.add(member);
      } else {
        // A Worker that finds no Master tries again after five seconds and more.
        daemons.awaitListening(member);
        others.add(member);
      }
    }
    awaitWorkers(workers);
    others.forEach(daemons::awaitListening);
    return state;
  }

  /**
   * Starts those that died again, and waits until every Worker is registered.
   *
   * @throws dev.kindling.model.error.KindlingException CLUSTER_FAILED when one does not start; the
   *     others run on
   */
  ClusterState repair() {
    start(
        state.members().stream().filter(member -> !member.isAlive()).map(Member::daemon).toList());
    // A Master that was started again has to take back those that ran on.
    awaitWorkers(state.members(Role.WORKER));
    return state;
  }

  /** Ends a member and forgets it. */
  ClusterState remove(Member member) {
    ClusterStop.stop(List.of(member));
    state = state.without(member.name());
    file.write(state);
    return state;
  }

  /** What was started so far. */
  ClusterState state() {
    return state;
  }

  private static boolean isMaster(Member member) {
    return member.daemon().role() == Role.MASTER;
  }

  // One Master of several may take its time. One alone leads as soon as it is up, and may be
  // another
  // machine's.
  private void awaitLeader() {
    List<Member> masters = state.members(Role.MASTER).stream().filter(Member::isAlive).toList();
    if (masters.size() > 1) {
      daemons.awaitLeader(masters, new Cluster(folder, state).pageToken());
    }
  }

  private void awaitWorkers(List<Member> workers) {
    Optional<String> token = new Cluster(folder, state).pageToken();
    daemons.awaitRegistered(workers, state.members(Role.MASTER), token);
  }

  static ClusterState empty(String name, String host, String masterUrl, boolean secure) {
    return new ClusterState(name, Instant.now(), host, masterUrl, secure, List.of());
  }
}
