package dev.kindling.cli;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The commands by name. */
final class Commands {
  private static final Map<String, String> SUMMARIES = new LinkedHashMap<>();

  static {
    SUMMARIES.put("init", "Make a project to begin with.");
    SUMMARIES.put("sql", "Run Spark SQL statements over files.");
    SUMMARIES.put("shell", "Type Spark SQL statements one after the other.");
    SUMMARIES.put("profile", "Show what is in a file or a table.");
    SUMMARIES.put("run", "Run a pipeline and publish its outputs.");
    SUMMARIES.put("history", "Show what earlier runs found, and what is usual.");
    SUMMARIES.put("check", "Check a pipeline without running it.");
    SUMMARIES.put("plan", "Show which engine runs each table, how and why.");
    SUMMARIES.put("test", "Run the tests of a pipeline, or write one from real rows.");
    SUMMARIES.put("compare", "Run both engines on the same input and compare the rows.");
    SUMMARIES.put("size", "Size the executors of a Spark cluster.");
    SUMMARIES.put("cost", "Compare what clusters cost, at prices of your own.");
    SUMMARIES.put("cluster", "Start, watch and end a Spark cluster on this machine.");
    SUMMARIES.put("submit", "Run a Spark application of your own on a cluster.");
    SUMMARIES.put("extension", "Print the settings that bring Kindling into an ordinary Spark.");
    SUMMARIES.put("classpath", "Print the class path for the classes of 'java:' tables.");
    SUMMARIES.put("completion", "Print a script that completes commands in bash, zsh or fish.");
    SUMMARIES.put("bench", "Measure Kindling, DuckDB and Spark side by side.");
  }

  private Commands() {}

  /** In the order of the help text. */
  static Set<String> names() {
    return SUMMARIES.keySet();
  }

  static String summary(String name) {
    return SUMMARIES.getOrDefault(name, "");
  }

  static Optional<Command> find(String name) {
    return switch (name) {
      case "init" -> Optional.of(new InitCommand());
      case "sql" -> Optional.of(new SqlCommand());
      case "shell" -> Optional.of(new ShellCommand());
      case "profile" -> Optional.of(new ProfileCommand());
      case "run" -> Optional.of(new RunCommand());
      case "history" -> Optional.of(new HistoryCommand());
      case "check" -> Optional.of(new CheckCommand());
      case "plan" -> Optional.of(new PlanCommand());
      case "test" -> Optional.of(new TestCommand());
      case "compare" -> Optional.of(new CompareCommand());
      case "size" -> Optional.of(new SizeCommand());
      case "cost" -> Optional.of(new CostCommand(Clock.systemDefaultZone()));
      case "cluster" -> Optional.of(ClusterCommands.group());
      case "submit" -> Optional.of(new SubmitCommand());
      case "extension" -> Optional.of(new ExtensionCommand());
      case "classpath" -> Optional.of(new ClasspathCommand());
      case "completion" -> Optional.of(new CompletionCommand());
      default -> Optional.empty();
    };
  }
}
