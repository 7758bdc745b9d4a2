package dev.kindling.cli;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Target;
import dev.kindling.runtime.pipeline.PipelineOptions;
import dev.kindling.runtime.pipeline.Pipelines;
import dev.kindling.runtime.pipeline.RunOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling run}: runs a pipeline and publishes its outputs. */
final class RunCommand implements Command {
  enum Form {
    TEXT,
    JSON
  }

  private enum DeployMode {
    CLIENT,
    CLUSTER
  }

  @Override
  public Manual manual() {
    return Manual.of(
            "Run a pipeline and publish its outputs.",
            """
            Computes the tables of a pipeline file in the order in which they read each other, checks
            their expectations, and publishes the outputs whole: after a failure or a kill each is
            the old one or the new one. A record and a report of the run are kept in the folder
            .kindling beside the pipeline file.
            """)
        .exit(1, "A table failed while it ran; with --verify, the engines differ.")
        .exit(3, "An expectation failed.")
        .example("Run a pipeline", "kindling run examples/revenue")
        .example(
            "Run what has changed, of one table and all that it reads",
            "kindling run examples/revenue --select +trend --changed")
        .json("run")
        .see(
            "reference/pipeline-file.md",
            "reference/runs.md",
            "reference/publishing.md",
            "reference/targets.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    PipelineArguments.add(spec);
    PipelineArguments.addSelection(spec);
    PipelineArguments.addChanged(spec);
    spec.addOption(
        Arguments.flag(
            "--verify", "Run both engines first and publish only when they give the same rows."));
    spec.addOption(
        Arguments.flag(
            "--watch",
            "Stay, and run what a saved file touches: the pipeline file, its SQL files and inputs."));
    spec.addOption(TargetArgument.option());
    spec.addOption(
        Arguments.text(
            "--deploy-mode",
            "MODE",
            "Where the driver of a target runs: client (default), on this machine; or cluster, on"
                + " a worker."));
    spec.addOption(Arguments.output("text (default) or json, the record of the run."));
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) throws IOException {
    Form form = Arguments.form(args, Form.class, Form.TEXT);
    if (args.hasMatchedOption("--watch")) {
      checkWatch(args, form);
      return new RunWatch(args, console).run(PipelineArguments.rerun(args));
    }
    Pipeline pipeline = PipelineArguments.pipeline(args, console);
    Optional<Target> target = TargetArgument.target(args, pipeline, console);
    if (deployMode(args) == DeployMode.CLUSTER) {
      return new RunOnCluster(pipeline, target.orElseThrow(RunCommand::noTarget), console)
          .run(args, form);
    }
    PipelineOptions options = PipelineArguments.options(args, console, target);
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

  private static void checkWatch(ParseResult args, Form form) {
    boolean cluster = deployMode(args) == DeployMode.CLUSTER;
    if (cluster || form == Form.JSON || args.hasMatchedOption("--verify")) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "--watch does not go together with "
              + (cluster
                  ? "--deploy-mode cluster"
                  : form == Form.JSON ? "--output json" : "--verify")
              + ". Leave one of them out.");
    }
  }

  private static DeployMode deployMode(ParseResult args) {
    return Arguments.text(args, "--deploy-mode")
        .map(text -> Arguments.choice("--deploy-mode", text, DeployMode.class))
        .orElse(DeployMode.CLIENT);
  }

  private static KindlingException noTarget() {
    return new KindlingException(
        ErrorCode.USAGE,
        "--deploy-mode cluster needs a cluster for the driver to run on: name it with --target.");
  }
}
