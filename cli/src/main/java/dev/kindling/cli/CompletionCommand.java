package dev.kindling.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling completion}: what a shell reads to complete the words of this command. */
final class CompletionCommand implements Command {
  @Override
  public Manual manual() {
    return Manual.of(
            "Print a script that completes commands in bash, zsh or fish.",
            """
            It completes commands, options and files. For the shell at hand:

              source <(kindling completion bash)
              source <(kindling completion zsh)
              kindling completion fish | source
            """)
        .example("Print the script for bash", "kindling completion bash")
        .see("reference/completion.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.addPositional(
        PositionalParamSpec.builder()
            .arity("1")
            .type(String.class)
            .paramLabel("SHELL")
            .description("bash, zsh or fish.")
            .build());
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) {
    console.out().print(Completions.script(Completions.kind(args.matchedPositionalValue(0, ""))));
    return 0;
  }
}
