package dev.kindling.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Scripts that let a shell complete commands, options and files: from what the help shows. */
final class Completions {
  /** The shells that have a script. */
  enum Kind {
    BASH,
    ZSH,
    FISH
  }

  private Completions() {}

  /** All commands, a group before its parts. */
  private static List<CommandPage> pages() {
    return CommandPage.all().stream().flatMap(CommandPage::withParts).toList();
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
    List<CommandPage> pages = pages();
    List<String> known = new ArrayList<>();
    StringBuilder cases = new StringBuilder();
    cases
        .append("    '') parts='")
        .append(names(pages))
        .append(" help' options='--help --version' ;;\n");
    cases.append("    help) parts='").append(names(pages)).append("' ;;\n");
    for (CommandPage page : pages) {
      known.add("'" + page.words() + "'");
      cases
          .append("    '")
          .append(page.words())
          .append("') parts='")
          .append(String.join(" ", page.parts().stream().map(CommandPage::name).toList()))
          .append("' options='")
          .append(String.join(" ", page.optionNames()))
          .append("' ;;\n");
    }
    known.add("help");
    return BASH.formatted("      " + String.join(" | ", known), cases);
  }

  private static String names(List<CommandPage> pages) {
    return String.join(
        " ", pages.stream().map(CommandPage::words).filter(words -> !words.contains(" ")).toList());
  }

  // As a file of zsh's fpath, the script runs in the place of the function when that is first
  // called.
  private static final String ZSH =
      """
      #compdef kindling
      # zsh completion of kindling; made by 'kindling completion zsh'
      autoload -Uz bashcompinit && bashcompinit
      %sif [ "${funcstack[1]}" = _kindling ]; then
        _bash_complete -o filenames -F _kindling
      fi
      """;

  private static String zsh() {
    return ZSH.formatted(bash().substring(bash().indexOf('\n') + 1));
  }

  private static String fish() {
    StringBuilder script = new StringBuilder();
    script.append("# fish completion of kindling; made by 'kindling completion fish'\n");
    for (CommandPage page : pages()) {
      List<String> words = List.of(page.words().split(" "));
      String last = words.get(words.size() - 1);
      String before =
          words.size() == 1
              ? "__fish_use_subcommand"
              : "__fish_seen_subcommand_from " + words.get(0);
      script.append(
          "complete -c kindling -n '%s'%s -a %s -d %s%n"
              .formatted(
                  before, words.size() == 1 ? " -f" : "", last, quoted(page.manual().summary())));
      String in =
          words.stream()
              .map(word -> "__fish_seen_subcommand_from " + word)
              .reduce((a, b) -> a + "; and " + b)
              .orElseThrow();
      for (CommandPage.Option option : page.options()) {
        script.append("complete -c kindling -n '").append(in).append("'");
        option
            .names()
            .forEach(
                name ->
                    script
                        .append(name.startsWith("--") ? " -l " : " -s ")
                        .append(name.replaceFirst("^--?", "")));
        script
            .append(option.value().isPresent() ? " -r" : "")
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
