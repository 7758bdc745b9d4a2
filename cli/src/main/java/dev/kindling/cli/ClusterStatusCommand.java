package dev.kindling.cli;

import dev.kindling.cluster.local.Cluster;
import dev.kindling.cluster.local.ClusterStatus;
import dev.kindling.cluster.local.Health;
import dev.kindling.model.error.ErrorKind;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling cluster status}: exit code 0 when all is well, 1 degraded, 5 down. */
final class ClusterStatusCommand implements Command {
  @Override
  public Manual manual() {
    return Manual.of(
            "Show a cluster's processes and what its Master says.",
            """
            Asks every process; changes nothing.
            """)
        .exit(0, "All is well.")
        .exit(1, "Something is dead, not registered or does not answer.")
        .exit(5, "No process runs.")
        .clusterExample("Look at a cluster", "kindling cluster status --name demo")
        .json("cluster-status")
        .see("reference/cluster.md");
  }

  @Override
  public CommandSpec spec() {
    return ClusterCommands.spec();
  }

  @Override
  public int run(ParseResult args, Console console) {
    ClusterCommands.Form form = ClusterCommands.form(args);
    Cluster cluster = ClusterCommands.clusters(console).get(ClusterCommands.name(args));
    ClusterStatus status = cluster.status();
    ClusterPrinter.print(cluster, status, form, console.out());
    return exitCode(status.health());
  }

  private static int exitCode(Health health) {
    return switch (health) {
      case ALIVE -> 0;
      case DEGRADED -> ErrorKind.PIPELINE.exitCode();
      case DOWN -> ErrorKind.ENVIRONMENT.exitCode();
    };
  }
}
