package dev.kindling.cli;

import dev.kindling.cluster.local.Cluster;
import dev.kindling.cluster.local.ClusterOptions;
import dev.kindling.cluster.local.Tenants;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling cluster up}. */
final class ClusterUpCommand implements Command {
  // Each has an address of its own in 127.0.0.0/8.
  private static final long MOST_WORKERS = 200;

  private static final long MOST_CORES = 1 << 20;
  private static final String MAX_CORES = "--max-cores-per-app";
  private static final String MAX_MEMORY = "--max-memory-per-app";

  @Override
  public Manual manual() {
    return Manual.of(
            "Start a Spark cluster on this machine.",
            """
            Starts a Master, Workers and a History Server as processes that outlive this command, waits
            until all of them work together, and prints their addresses.
            """)
        .clusterExample(
            "Start a small cluster that asks for a secret",
            "kindling cluster up --name demo --workers 2 --memory 1g --secure")
        .json("cluster-status")
        .see("reference/cluster.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = ClusterCommands.spec();
    spec.addOption(Arguments.text("--workers", "N", "Number of Workers; default: 3."));
    spec.addOption(ClusterCommands.cores());
    spec.addOption(ClusterCommands.memory());
    spec.addOption(
        Arguments.text(
            "--host",
            "ADDRESS",
            "This machine's address that the processes listen at; default: 127.0.0.1, where only"
                + " this machine reaches them."));
    spec.addOption(
        Arguments.flag(
            "--classic-ports", "Spark's well-known ports (7077, 8080, …), not any free ones."));
    spec.addOption(Arguments.flag("--ha", "Two Masters, one of which stands by, and a ZooKeeper."));
    spec.addOption(
        Arguments.flag("--secure", "A secret for everyone, encryption, and pages with a token."));
    spec.addOption(
        Arguments.text(
            "--admins",
            "NAME,…",
            "With --secure: users who may see and end every application, beside you."));
    spec.addOption(
        Arguments.text(
            MAX_CORES, "N", "Cores of an application that asks for no number; default: all."));
    spec.addOption(
        Arguments.text(
            MAX_MEMORY,
            "SIZE",
            "Memory of the executors of such an application together; default: all."));
    spec.addOption(Arguments.flag("--no-history", "No History Server."));
    spec.addOption(
        ClusterCommands.deadline(
            "How long a step of the start may take", ClusterOptions.DEFAULT_DEADLINE));
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) {
    ClusterCommands.Form form = ClusterCommands.form(args);
    ClusterOptions options = options(args);
    options.memoryWarning().ifPresent(text -> console.say("warning: " + text));
    long start = System.nanoTime();
    Cluster cluster = ClusterCommands.clusters(console).up(options);
    console.say(
        "Cluster '%s' is up after %s."
            .formatted(cluster.name(), Texts.millis((System.nanoTime() - start) / 1_000_000)));
    ClusterPrinter.print(cluster, cluster.status(), form, console.out());
    return 0;
  }

  private static ClusterOptions options(ParseResult args) {
    ClusterOptions usual = ClusterOptions.named(ClusterCommands.name(args));
    return new ClusterOptions(
        usual.name(),
        Arguments.text(args, "--host").orElse(usual.host()),
        (int) Arguments.number(args, "--workers", 0, MOST_WORKERS).orElse(usual.workers()),
        ClusterCommands.size(args, usual.size()),
        args.hasMatchedOption("--classic-ports"),
        args.hasMatchedOption("--ha"),
        args.hasMatchedOption("--secure"),
        !args.hasMatchedOption("--no-history"),
        tenants(args),
        ClusterCommands.deadline(args, usual.deadline()));
  }

  private static Tenants tenants(ParseResult args) {
    OptionalLong cores = Arguments.number(args, MAX_CORES, 1, MOST_CORES);
    return new Tenants(
        Arguments.text(args, "--admins").map(names -> List.of(names.split(","))).orElse(List.of()),
        cores.isPresent() ? OptionalInt.of((int) cores.getAsLong()) : OptionalInt.empty(),
        Arguments.memory(args, MAX_MEMORY));
  }
}
