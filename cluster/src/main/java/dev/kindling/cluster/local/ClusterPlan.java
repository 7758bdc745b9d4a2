package dev.kindling.cluster.local;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The processes of a new cluster, with the addresses that they are going to have.
 *
 * @param daemons in the order of their start
 */
record ClusterPlan(String masterUrl, List<Daemon> daemons) {
  private static final int MASTER_PORT = 7077;
  private static final int MASTER_PAGE = 8080;
  private static final int FIRST_WORKER_PAGE = 8081;
  private static final int STANDBY_PAGE = 8079;
  private static final int REST_PORT = 6066;
  private static final int ZOOKEEPER_PORT = 2181;
  private static final int HISTORY_PAGE = 18080;

  ClusterPlan {
    daemons = List.copyOf(daemons);
  }

  /**
   * Chooses the addresses.
   *
   * @throws dev.kindling.model.error.KindlingException PORT_TAKEN when a port that must be used is
   *     not free
   */
  static ClusterPlan of(ClusterOptions options, Ports ports) {
    Chooser chooser = new Chooser(ports, options.classicPorts());
    String host = options.host();
    List<Daemon> daemons = new ArrayList<>();
    if (options.highAvailability()) {
      daemons.add(Daemon.zooKeeper(host, chooser.port(host, ZOOKEEPER_PORT, "ZooKeeper")));
    }
    List<Daemon> masters = masters(options, chooser);
    daemons.addAll(masters);
    for (int number = 1; number <= options.workers(); number++) {
      String name = Daemon.workerName(number);
      String workerHost = workerHost(host, number);
      daemons.add(
          Daemon.worker(
              number,
              workerHost,
              ports.free(workerHost),
              chooser.port(workerHost, FIRST_WORKER_PAGE + number - 1, "the page of " + name),
              options.size()));
    }
    if (options.history()) {
      daemons.add(Daemon.history(host, chooser.port(host, HISTORY_PAGE, "the History Server")));
    }
    return new ClusterPlan(
        masters.stream()
            .map(master -> master.host() + ":" + master.port())
            .collect(Collectors.joining(",", "spark://", "")),
        daemons);
  }

  /** The first Worker of this machine in another machine's cluster. */
  static ClusterPlan joining(String masterUrl, String host, WorkerSize size, Ports ports) {
    return new ClusterPlan(masterUrl, List.of(worker(1, host, size, ports)));
  }

  /** One more Worker, at ports that are free. */
  static Daemon worker(int number, String clusterHost, WorkerSize size, Ports ports) {
    String host = workerHost(clusterHost, number);
    return Daemon.worker(number, host, ports.free(host), ports.free(host), size);
  }

  private static List<Daemon> masters(ClusterOptions options, Chooser chooser) {
    String host = options.host();
    List<Daemon> masters = new ArrayList<>();
    int count = options.highAvailability() ? 2 : 1;
    for (int i = 0; i < count; i++) {
      String name = count == 1 ? "master" : "master-" + (i + 1);
      int port = chooser.port(host, MASTER_PORT + i, name);
      int page = chooser.port(host, i == 0 ? MASTER_PAGE : STANDBY_PAGE, "the page of " + name);
      // Spark's Master does not take applications over HTTP when it asks for a secret.
      OptionalInt rest =
          options.secure()
              ? OptionalInt.empty()
              : OptionalInt.of(chooser.port(host, REST_PORT + i, "submission to " + name));
      masters.add(Daemon.master(name, host, port, page, rest));
    }
    return masters;
  }

  // An address of its own makes a Worker a host of its own to Spark: executors of two Workers then
  // fetch shuffle files over the network, and locality is what it is on real machines. On Linux all
  // of 127.0.0.0/8 is this machine.
  private static String workerHost(String clusterHost, int number) {
    String own = "127.0.0." + (number + 1);
    return clusterHost.equals(ClusterOptions.LOOPBACK) && Ports.isOurs(own) ? own : clusterHost;
  }

  private record Chooser(Ports ports, boolean classic) {
    int port(String host, int classicPort, String what) {
      return classic ? ports.exactly(host, classicPort, what) : ports.free(host);
    }
  }
}
