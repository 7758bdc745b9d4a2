package dev.kindling.cli;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * All that is known of a command: the help, the reference and the completion of shells are made of
 * it.
 *
 * @param words such as {@code cluster up}
 * @param parts the commands in it; empty for most
 */
record CommandPage(
    String words,
    Manual manual,
    List<Argument> arguments,
    List<Option> options,
    List<CommandPage> parts) {
  CommandPage {
    requireNonNull(words, "words is null");
    requireNonNull(manual, "manual is null");
    arguments = List.copyOf(arguments);
    options = List.copyOf(options);
    parts = List.copyOf(parts);
  }

  /**
   * A word after the command's name that is no option.
   *
   * @param synopsis as in a synopsis: {@code [FILE|FOLDER]}
   */
  record Argument(String label, String synopsis, String description) {}

  /**
   * An option of a command.
   *
   * @param names such as {@code -e} and {@code --execute}
   * @param value what stands for its value; empty when none follows it
   * @param repeatable whether it may be given more than once
   */
  record Option(
      List<String> names, Optional<String> value, String description, boolean repeatable) {
    Option {
      names = List.copyOf(names);
    }

    /** The names with the value: {@code -e, --execute SQL}. */
    String heading() {
      return String.join(", ", names) + value.map(label -> " " + label).orElse("");
    }
  }

  /** The pages of all commands, those of a group within its own. */
  static List<CommandPage> all() {
    return Commands.names().stream().map(name -> find(List.of(name)).orElseThrow()).toList();
  }

  /** The page of a command; empty when there is none of this name. */
  static Optional<CommandPage> find(List<String> words) {
    String name = words.get(0);
    Optional<CommandPage> page =
        name.equals(BenchCommand.NAME)
            ? Optional.of(
                new CommandPage(name, BenchCommand.MANUAL, List.of(), List.of(), List.of()))
            : Commands.find(name)
                .map(command -> of(name, command, Main.line(name, command).getCommandSpec()));
    for (int i = 1; i < words.size() && page.isPresent(); i++) {
      String inner = String.join(" ", words.subList(0, i + 1));
      page = page.get().parts().stream().filter(part -> part.words().equals(inner)).findFirst();
    }
    return page;
  }

  private static CommandPage of(String words, Command command, CommandSpec spec) {
    List<CommandPage> parts = new ArrayList<>();
    if (command instanceof CommandGroup group) {
      for (Map.Entry<String, Command> part : group.commands().entrySet()) {
        parts.add(
            of(
                words + " " + part.getKey(),
                part.getValue(),
                spec.subcommands().get(part.getKey()).getCommandSpec()));
      }
    }
    return new CommandPage(
        words,
        command.manual(),
        spec.positionalParameters().stream().map(CommandPage::argument).toList(),
        spec.options().stream().map(CommandPage::option).toList(),
        parts);
  }

  private static Argument argument(PositionalParamSpec spec) {
    String label = spec.paramLabel();
    String synopsis = spec.isMultiValue() ? label + "..." : label;
    return new Argument(label, spec.required() ? synopsis : "[" + synopsis + "]", text(spec));
  }

  private static Option option(OptionSpec spec) {
    return new Option(
        List.of(spec.names()),
        spec.arity().max() > 0 ? Optional.of(spec.paramLabel()) : Optional.empty(),
        text(spec),
        spec.isMultiValue());
  }

  private static String text(ArgSpec spec) {
    return String.join(" ", spec.description());
  }

  /** This page and those of its parts, and of theirs. */
  Stream<CommandPage> withParts() {
    return Stream.concat(Stream.of(this), parts.stream().flatMap(CommandPage::withParts));
  }

  /** How it is called: {@code kindling run [OPTIONS] [FILE|FOLDER]}. */
  String synopsis() {
    StringBuilder line = new StringBuilder("kindling ").append(words);
    if (!parts.isEmpty()) {
      return line.append(" COMMAND [ARGUMENTS]").toString();
    }
    if (options.isEmpty() && arguments.isEmpty()) {
      return line.append(" [ARGUMENTS]").toString();
    }
    line.append(" [OPTIONS]");
    arguments.forEach(argument -> line.append(' ').append(argument.synopsis()));
    return line.toString();
  }

  /** The last of the words, which names it within its group. */
  String name() {
    return words.substring(words.lastIndexOf(' ') + 1);
  }

  /** The names of all options. */
  List<String> optionNames() {
    return options.stream()
        .flatMap(option -> option.names().stream())
        .collect(Collectors.toUnmodifiableList());
  }
}
