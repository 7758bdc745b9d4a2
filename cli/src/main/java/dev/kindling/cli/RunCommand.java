package dev.kindling.cli;

import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.runtime.pipeline.PipelineOptions;
import dev.kindling.runtime.pipeline.Pipelines;
import dev.kindling.runtime.pipeline.RunOutcome;
import java.io.IOException;
import java.nio.file.Files;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling run}: runs a pipeline and publishes its outputs. */
final class RunCommand implements Command {
  private enum Form {
    TEXT,
    JSON
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    PipelineArguments.add(spec);
    spec.addOption(
        Arguments.flag(
            "--verify", "Run both engines first and publish only when they give the same rows."));
    spec.addOption(TargetArgument.option());
    spec.addOption(Arguments.output("text (default) or json, the record of the run."));
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) throws IOException {
    Form form =
        Arguments.text(args, "--output")
            .map(text -> Arguments.choice("--output", text, Form.class))
            .orElse(Form.TEXT);
    Pipeline pipeline = PipelineArguments.pipeline(args, console);
    PipelineOptions options =
        PipelineArguments.options(args, console, TargetArgument.target(args, pipeline, console));
    if (args.hasMatchedOption("--verify")) {
      int code = CompareCommand.compare(pipeline, options, console);
      if (code != 0) {
        console.say("Nothing was published.");
        return code;
      }
    }
    RunProgress progress = new RunProgress(console);
    RunOutcome outcome;
    try (progress) {
      outcome = Pipelines.run(pipeline, options, progress);
    }
    if (form == Form.JSON) {
      console.out().println(Files.readString(outcome.folder().resolve("run.json")));
    } else {
      RunSummary.print(outcome, console);
    }
    if (outcome.error().isPresent()) {
      // The message alone: where the record lies was said above.
      KindlingException error = outcome.error().get();
      throw new KindlingException(error.code(), error.getMessage(), error);
    }
    return 0;
  }
}
