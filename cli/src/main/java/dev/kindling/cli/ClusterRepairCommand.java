package dev.kindling.cli;

import dev.kindling.cluster.local.Cluster;
import dev.kindling.cluster.local.ClusterOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling cluster repair}. */
final class ClusterRepairCommand implements Command {
  @Override
  public Manual manual() {
    return Manual.of(
            "Start the dead processes of a cluster again.",
            """
            They get the addresses that they had. A Master takes its Workers and applications back.
            """)
        .clusterExample("Start what is dead", "kindling cluster repair --name demo")
        .json("cluster-status")
        .see("reference/cluster.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = ClusterCommands.spec();
    spec.addOption(
        ClusterCommands.deadline(
            "How long a step of the start may take", ClusterOptions.DEFAULT_DEADLINE));
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) {
    ClusterCommands.Form form = ClusterCommands.form(args);
    Cluster cluster =
        ClusterCommands.clusters(console)
            .repair(
                ClusterCommands.name(args),
                ClusterCommands.deadline(args, ClusterOptions.DEFAULT_DEADLINE));
    ClusterPrinter.print(cluster, cluster.status(), form, console.out());
    return 0;
  }
}
