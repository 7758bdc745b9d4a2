package dev.kindling.cli;

import dev.kindling.cluster.local.Cluster;
import dev.kindling.cluster.local.ClusterLogs.Log;
import dev.kindling.cluster.local.Clusters;
import dev.kindling.model.pipeline.Masters;
import dev.kindling.model.pipeline.Target;
import dev.kindling.model.process.LogTail;
import java.util.List;
import java.util.Optional;

/** The logs of drivers that ran on a cluster. */
final class DriverLogs {
  private static final int LINES = 20;

  private DriverLogs() {}

  /** Says how a driver ended, and the last that it said where its log lies on this machine. */
  static void explain(String driver, String state, Target target, Console console) {
    Clusters clusters = ClusterCommands.clusters(console);
    List<Log> logs =
        clusters.names().stream()
            .map(clusters::find)
            .flatMap(Optional::stream)
            .filter(cluster -> cluster.masterUrl().equals(target.master()))
            .map(Cluster::name)
            .flatMap(name -> clusters.logs(name).all().stream())
            .filter(log -> log.process().contains("/" + driver + "/"))
            .toList();
    console.say("error: Driver " + driver + " ended as " + state + ".");
    if (logs.isEmpty() && Masters.isStandalone(target.master())) {
      console.say("Its log is on the worker that ran it, linked from the master's page.");
    }
    for (Log log : logs) {
      if (!LogTail.lines(log.file(), 1).isEmpty()) {
        console.say(log.process() + ":" + LogTail.quote(log.file(), LINES));
      }
    }
  }
}
