package dev.kindling.cli;

import dev.kindling.cluster.local.Cluster;
import dev.kindling.cluster.local.ClusterOptions;
import dev.kindling.cluster.local.JoinOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling cluster join MASTER}. */
final class ClusterJoinCommand implements Command {
  @Override
  public Manual manual() {
    return Manual.of(
            "Make this machine a Worker of a cluster on another one.",
            """
            'kindling cluster down' ends the Worker, 'kindling cluster worker add' starts another.
            """)
        .ownExample(
            "Join a secure cluster",
            "kindling cluster join spark://host:7077 --secret-file secret.properties")
        .json("cluster-status")
        .see("reference/cluster.md", "how-to/grow.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = ClusterCommands.spec();
    spec.addPositional(ClusterCommands.word("MASTER", "The other cluster: spark://host:port."));
    spec.addOption(ClusterCommands.cores());
    spec.addOption(ClusterCommands.memory());
    spec.addOption(
        Arguments.text(
            "--host",
            "ADDRESS",
            "This machine's address that the Worker listens at; default: the one that leads to the"
                + " Master."));
    spec.addOption(
        Arguments.text(
            "--secret-file",
            "FILE",
            "A copy of conf/secret.properties of the other cluster's folder, when that is secure."));
    spec.addOption(
        ClusterCommands.deadline(
            "How long the registration may take", JoinOptions.DEFAULT_DEADLINE));
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) {
    ClusterCommands.Form form = ClusterCommands.form(args);
    Optional<String> secret = Arguments.text(args, "--secret-file");
    JoinOptions options =
        new JoinOptions(
            ClusterCommands.name(args),
            args.matchedPositionalValue(0, ""),
            Arguments.text(args, "--host"),
            ClusterCommands.size(args, ClusterOptions.DEFAULT_SIZE),
            secret.isPresent() ? JoinOptions.readSecret(Path.of(secret.get())) : Map.of(),
            ClusterCommands.deadline(args, JoinOptions.DEFAULT_DEADLINE));
    Cluster cluster = ClusterCommands.clusters(console).join(options);
    ClusterPrinter.print(cluster, cluster.status(), form, console.out());
    return 0;
  }
}
