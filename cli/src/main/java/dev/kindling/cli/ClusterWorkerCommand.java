package dev.kindling.cli;

import dev.kindling.cluster.local.Cluster;
import dev.kindling.cluster.local.ClusterOptions;
import dev.kindling.cluster.local.Clusters;
import dev.kindling.cluster.local.WorkerSize;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling cluster worker add|drain|kill}. */
final class ClusterWorkerCommand implements Command {
  private static final Duration DRAIN_DEADLINE = Duration.ofMinutes(10);

  /** What becomes of a Worker. */
  private enum Act {
    ADD,
    DRAIN,
    KILL
  }

  private static final Manual MANUAL =
      Manual.of("Add, take out or kill Workers of a cluster.", "").see("reference/cluster.md");

  private final Act act;

  private ClusterWorkerCommand(Act act) {
    this.act = act;
  }

  static Command group() {
    Map<String, Command> commands = new LinkedHashMap<>();
    commands.put("add", new ClusterWorkerCommand(Act.ADD));
    commands.put("drain", new ClusterWorkerCommand(Act.DRAIN));
    commands.put("kill", new ClusterWorkerCommand(Act.KILL));
    return new CommandGroup("cluster worker", MANUAL, commands);
  }

  @Override
  public Manual manual() {
    Manual manual =
        switch (act) {
          case ADD ->
              Manual.of("Start one more Worker.", "It has the size of the others.")
                  .clusterExample("Add a Worker", "kindling cluster worker add --name demo");
          case DRAIN ->
              Manual.of(
                      "Take a Worker out without loss.",
                      """
                      It gets no more work, its executors hand on what they hold and end, then it
                      ends.
                      """)
                  .clusterExample(
                      "Take worker-1 out", "kindling cluster worker drain 1 --name demo");
          case KILL ->
              Manual.of(
                      "Kill a Worker and its executors, as a machine dies.",
                      "'kindling cluster repair' starts it again.")
                  .clusterExample("Kill worker-2", "kindling cluster worker kill 2 --name demo");
        };
    return manual.json("cluster-status").see("reference/cluster.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = ClusterCommands.spec();
    switch (act) {
      case ADD -> {
        spec.addOption(ClusterCommands.cores());
        spec.addOption(ClusterCommands.memory());
        spec.addOption(
            ClusterCommands.deadline(
                "How long its registration may take", ClusterOptions.DEFAULT_DEADLINE));
      }
      case DRAIN -> {
        spec.addPositional(number());
        spec.addOption(ClusterCommands.deadline("How long its executors may take", DRAIN_DEADLINE));
      }
      case KILL -> spec.addPositional(number());
    }
    return spec;
  }

  private static picocli.CommandLine.Model.PositionalParamSpec number() {
    return ClusterCommands.word("N", "Number of the Worker: 2 for worker-2.");
  }

  @Override
  public int run(ParseResult args, Console console) {
    ClusterCommands.Form form = ClusterCommands.form(args);
    Cluster cluster = change(args, ClusterCommands.clusters(console));
    ClusterPrinter.print(cluster, cluster.status(), form, console.out());
    return 0;
  }

  private Cluster change(ParseResult args, Clusters clusters) {
    String name = ClusterCommands.name(args);
    return switch (act) {
      case ADD ->
          clusters.addWorker(
              name, size(args), ClusterCommands.deadline(args, ClusterOptions.DEFAULT_DEADLINE));
      case DRAIN ->
          clusters.drainWorker(name, number(args), ClusterCommands.deadline(args, DRAIN_DEADLINE));
      case KILL -> clusters.killWorker(name, number(args));
    };
  }

  private static Optional<WorkerSize> size(ParseResult args) {
    return args.hasMatchedOption("--cores") || args.hasMatchedOption("--memory")
        ? Optional.of(ClusterCommands.size(args, ClusterOptions.DEFAULT_SIZE))
        : Optional.empty();
  }

  /** Both {@code 2} and {@code worker-2} say which. */
  private static int number(ParseResult args) {
    String text = args.matchedPositionalValue(0, "");
    String digits = text.startsWith("worker-") ? text.substring("worker-".length()) : text;
    if (!digits.matches("[1-9][0-9]{0,3}")) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Cannot read the Worker '%s': expected its number, such as 2 for worker-2."
              .formatted(text));
    }
    return Integer.parseInt(digits);
  }
}
