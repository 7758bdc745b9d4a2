package dev.kindling.cli;

import dev.kindling.cluster.local.ClusterOptions;
import dev.kindling.cluster.local.Clusters;
import dev.kindling.runtime.Interruption;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling cluster …}: its commands, and the options that they share. */
final class ClusterCommands {
  private static final String NAME = "--name";

  /** How a command shows what it did or found. */
  enum Form {
    TEXT,
    JSON
  }

  private ClusterCommands() {}

  static Command group() {
    Map<String, Command> commands = new LinkedHashMap<>();
    commands.put("up", new ClusterUpCommand());
    commands.put("status", new ClusterStatusCommand());
    commands.put("down", new ClusterDownCommand());
    commands.put("files", new ClusterFilesCommand());
    return new CommandGroup("cluster", commands);
  }

  static Clusters clusters(Console console) {
    return Clusters.ofUser(console.environment(), Interruption::requested);
  }

  /** A command's options with those that every command of a cluster has. */
  static CommandSpec spec(String description) {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().description(description);
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

  static Form form(ParseResult args) {
    return Arguments.text(args, "--output")
        .map(text -> Arguments.choice("--output", text, Form.class))
        .orElse(Form.TEXT);
  }
}
