package dev.kindling.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling completion}: what a shell reads to complete the words of this command. */
final class CompletionCommand implements Command {
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
