package dev.kindling.cli;

import dev.kindling.cluster.local.ClusterOptions;
import dev.kindling.cluster.local.Clusters;
import dev.kindling.cluster.local.WorkerSize;
import dev.kindling.runtime.Interruption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling cluster …}: its commands, and the options that they share. */
final class ClusterCommands {
  private static final String NAME = "--name";
  private static final String DEADLINE = "--deadline";
  private static final long MOST_CORES = 1024;
  private static final long LONGEST_DEADLINE_SECONDS = 24 * 3600;

  /** How a command shows what it did or found. */
  enum Form {
    TEXT,
    JSON
  }

  private static final Manual MANUAL =
      Manual.of(
              "Start, watch and end a Spark cluster on this machine.",
              """
              A real Spark cluster: a Master, Workers and a History Server, each a process of its
              own. 'kindling run --target cluster' and 'kindling submit --target cluster' use it.
              """)
          .see("reference/cluster.md", "how-to/grow.md");

  private ClusterCommands() {}

  static Command group() {
    Map<String, Command> commands = new LinkedHashMap<>();
    commands.put("up", new ClusterUpCommand());
    commands.put("status", new ClusterStatusCommand());
    commands.put("logs", new ClusterLogsCommand());
    commands.put("worker", ClusterWorkerCommand.group());
    commands.put("repair", new ClusterRepairCommand());
    commands.put("join", new ClusterJoinCommand());
    commands.put("token", new ClusterTokenCommand());
    commands.put("down", new ClusterDownCommand());
    commands.put("files", new ClusterFilesCommand());
    return new CommandGroup("cluster", MANUAL, commands);
  }

  static Clusters clusters(Console console) {
    return Clusters.ofUser(console.environment(), Interruption::requested);
  }

  /** A command's options with those that every command of a cluster has. */
  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.addOption(name());
    spec.addOption(Arguments.output("text (default) or json."));
    return spec;
  }

  static OptionSpec name() {
    return Arguments.text(
        NAME, "NAME", "Which cluster; default: " + ClusterOptions.DEFAULT_NAME + ".");
  }

  static String name(ParseResult args) {
    return Arguments.text(args, NAME).orElse(ClusterOptions.DEFAULT_NAME);
  }

  static OptionSpec cores() {
    return Arguments.text("--cores", "N", "Cores of each Worker; default: 2.");
  }

  static OptionSpec memory() {
    return Arguments.text("--memory", "SIZE", "Memory for executors at each Worker; default: 2g.");
  }

  /** The size of a Worker: what is given, the rest as usual. */
  static WorkerSize size(ParseResult args, WorkerSize usual) {
    return new WorkerSize(
        (int) Arguments.number(args, "--cores", 1, MOST_CORES).orElse(usual.cores()),
        Arguments.memory(args).orElse(usual.memoryBytes()));
  }

  static OptionSpec deadline(String what, Duration usual) {
    return Arguments.text(DEADLINE, "SECONDS", what + "; default: " + usual.toSeconds() + ".");
  }

  static Duration deadline(ParseResult args, Duration usual) {
    return Duration.ofSeconds(
        Arguments.number(args, DEADLINE, 1, LONGEST_DEADLINE_SECONDS).orElse(usual.toSeconds()));
  }

  /** A word after the command's name, which must be there. */
  static PositionalParamSpec word(String label, String description) {
    return word(label, "1", description).toBuilder().required(true).build();
  }

  /** A word after the command's name, which may be there. */
  static PositionalParamSpec optionalWord(String label, String description) {
    return word(label, "0..1", description);
  }

  private static PositionalParamSpec word(String label, String arity, String description) {
    return PositionalParamSpec.builder()
        .index("0")
        .arity(arity)
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  static Form form(ParseResult args) {
    return Arguments.form(args, Form.class, Form.TEXT);
  }
}
