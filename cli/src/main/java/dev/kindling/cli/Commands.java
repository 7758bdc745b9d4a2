package dev.kindling.cli;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The commands by name. */
final class Commands {
  /** In the order of the help text. */
  static final List<Group> GROUPS =
      List.of(
          new Group("Look at data", List.of("sql", "shell", "profile")),
          new Group(
              "Build a pipeline",
              List.of("init", "check", "plan", "test", "run", "history", "compare")),
          new Group("Use Spark clusters", List.of("size", "cost", "cluster", "submit", "doctor")),
          new Group(
              "Set up and measure",
              List.of("extension", "classpath", "completion", BenchCommand.NAME)));

  /** Commands that belong together. */
  record Group(String title, List<String> names) {}

  private Commands() {}

  /** In the order of the help text. */
  static List<String> names() {
    return GROUPS.stream().flatMap(group -> group.names().stream()).toList();
  }

  /** What is to be said of a command of {@link #names()}. */
  static Manual manual(String name) {
    return find(name).map(Command::manual).orElse(BenchCommand.MANUAL);
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
      case "doctor" -> Optional.of(new DoctorCommand());
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
