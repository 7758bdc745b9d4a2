package dev.kindling.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Scripts that let a shell complete commands, options and files: from what the help shows. */
final class Completions {
  /** The shells that have a script. */
  enum Kind {
    BASH,
    ZSH,
    FISH
  }

  /**
   * A command, or a part of one.
   *
   * @param words such as {@code cluster up}
   * @param parts the commands in it; empty for most
   */
  record Entry(String words, String summary, List<String> parts, List<Option> options) {}

  /**
   * An option of a command.
   *
   * @param value whether a value follows it
   */
  record Option(List<String> names, String description, boolean value) {}

  private Completions() {}

  /** All commands, a group before its parts. */
  static List<Entry> entries() {
    List<Entry> all = new ArrayList<>();
    for (String name : Commands.names()) {
      if (Commands.find(name).isPresent()) {
        add(name, Commands.summary(name), Main.line(name, Commands.find(name).get()), all);
      } else {
        all.add(new Entry(name, Commands.summary(name), List.of(), List.of()));
      }
    }
    return all;
  }

  private static void add(String words, String summary, CommandLine line, List<Entry> all) {
    CommandSpec spec = line.getCommandSpec();
    List<Option> options =
        spec.options().stream()
            .map(
                option ->
                    new Option(
                        List.of(option.names()), description(option), option.arity().max() > 0))
            .toList();
    all.add(new Entry(words, summary, List.copyOf(line.getSubcommands().keySet()), options));
    line.getSubcommands()
        .forEach(
            (name, part) ->
                add(
                    words + " " + name,
                    first(part.getCommandSpec().usageMessage().description()),
                    part,
                    all));
  }

  private static String description(OptionSpec option) {
    return first(option.description());
  }

  private static String first(String[] lines) {
    return lines.length == 0 ? "" : lines[0];
  }

  /** The script for a shell. */
  static String script(Kind shell) {
    return switch (shell) {
      case BASH -> bash();
      case ZSH -> zsh();
      case FISH -> fish();
    };
  }

  // Words are taken as far as they are commands: an option's value is none.
  private static final String BASH =
      """
      # bash completion of kindling; made by 'kindling completion bash'
      _kindling() {
        local word=${COMP_WORDS[COMP_CWORD]} command= parts= options= i
        for ((i = 1; i < COMP_CWORD; i++)); do
          case "${command:+$command }${COMP_WORDS[i]}" in
      %s) command="${command:+$command }${COMP_WORDS[i]}" ;;
          esac
        done
        case $command in
      %s  esac
        case $word in
          -*) COMPREPLY=($(compgen -W "$options" -- "$word")) ;;
          *)
            if [ -n "$parts" ]; then
              COMPREPLY=($(compgen -W "$parts" -- "$word"))
            else
              local IFS=$'\\n'
              COMPREPLY=($(compgen -f -- "$word"))
            fi
            ;;
        esac
      }
      complete -o filenames -F _kindling kindling
      """;

  private static String bash() {
    List<Entry> entries = entries();
    List<String> known = new ArrayList<>();
    StringBuilder cases = new StringBuilder();
    cases
        .append("    '') parts='")
        .append(names(entries))
        .append(" help' options='--help --version' ;;\n");
    cases.append("    help) parts='").append(names(entries)).append("' ;;\n");
    for (Entry entry : entries) {
      known.add("'" + entry.words() + "'");
      cases
          .append("    '")
          .append(entry.words())
          .append("') parts='")
          .append(String.join(" ", entry.parts()))
          .append("' options='")
          .append(options(entry))
          .append("' ;;\n");
    }
    known.add("help");
    return BASH.formatted("      " + String.join(" | ", known), cases);
  }

  private static String names(List<Entry> entries) {
    return String.join(
        " ", entries.stream().map(Entry::words).filter(words -> !words.contains(" ")).toList());
  }

  private static String options(Entry entry) {
    return String.join(
        " ", entry.options().stream().flatMap(option -> option.names().stream()).toList());
  }

  private static String zsh() {
    StringBuilder script = new StringBuilder();
    script.append(
        "#compdef kindling\n# zsh completion of kindling; made by 'kindling completion zsh'\n");
    script.append("autoload -Uz bashcompinit && bashcompinit\n");
    return script
        .append(bash().lines().skip(1).map(line -> line + "\n").reduce("", String::concat))
        .toString();
  }

  private static String fish() {
    StringBuilder script = new StringBuilder();
    script.append("# fish completion of kindling; made by 'kindling completion fish'\n");
    for (Entry entry : entries()) {
      List<String> words = List.of(entry.words().split(" "));
      String last = words.get(words.size() - 1);
      String before =
          words.size() == 1
              ? "__fish_use_subcommand"
              : "__fish_seen_subcommand_from " + words.get(0);
      script.append(
          "complete -c kindling -n '%s'%s -a %s -d %s%n"
              .formatted(before, words.size() == 1 ? " -f" : "", last, quoted(entry.summary())));
      String in =
          words.stream()
              .map(word -> "__fish_seen_subcommand_from " + word)
              .reduce((a, b) -> a + "; and " + b)
              .orElseThrow();
      for (Option option : entry.options()) {
        script.append("complete -c kindling -n '").append(in).append("'");
        option
            .names()
            .forEach(
                name ->
                    script
                        .append(name.startsWith("--") ? " -l " : " -s ")
                        .append(name.replaceFirst("^--?", "")));
        script
            .append(option.value() ? " -r" : "")
            .append(" -d ")
            .append(quoted(option.description()))
            .append('\n');
      }
    }
    return script.toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** A shell by its name. */
  static Kind kind(String name) {
    return Arguments.choice("completion", name.toLowerCase(Locale.ROOT), Kind.class);
  }
}
