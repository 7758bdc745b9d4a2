package dev.kindling.cli;

import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Target;
import dev.kindling.runtime.submit.Submission;
import dev.kindling.runtime.submit.Submissions;
import dev.kindling.runtime.submit.SubmitEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling submit}: runs a user's own Spark application, with spark-submit's options. */
final class SubmitCommand implements Command {
  private static final String LOCAL = "local[*]";

  @Override
  public Manual manual() {
    return Manual.of(
            "Run a Spark application of your own on a cluster.",
            """
            Runs a jar or a Python file with spark-submit's options, on the Spark that Kindling brings.
            What follows the application are its own arguments. The master, its workers, files and
            classes are looked at before it starts.
            """)
        .exit(0, "The application ended well; with --no-wait, it was submitted.")
        .exit(1, "The application failed. Where its driver runs here, any code may be its own.")
        .ownExample(
            "Run an application on the cluster of this machine",
            "kindling submit --target cluster --class com.example.Report report.jar")
        .see("reference/submit.md", "reference/targets.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    // What follows the application is the application's own.
    spec.parser().stopAtPositional(true);
    spec.addOption(TargetArgument.option("--target", "--master"));
    spec.addOption(
        OptionSpec.builder("-p", "--pipeline")
            .type(String.class)
            .paramLabel("FILE|FOLDER")
            .description("The pipeline file whose targets --target may name.")
            .build());
    spec.addOption(
        Arguments.text("--class", "CLASS", "The main class; default: that of the jar's manifest."));
    SubmitArguments.add(spec);
    spec.addOption(
        Arguments.flag(
            "--supervise", "Have the cluster start a driver of its own that fails again."));
    spec.addOption(
        Arguments.flag("--no-wait", "With --deploy-mode cluster: return once it is submitted."));
    spec.addOption(Arguments.flag("--verbose", "Show what Spark does."));
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("1")
            .required(true)
            .type(String.class)
            .paramLabel("APP.jar|app.py")
            .description("The application.")
            .build());
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("1..*")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel("ARGUMENT")
            .description("Its arguments.")
            .build());
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) throws IOException {
    Map<String, String> conf = SubmitArguments.conf(args);
    Target target = target(args, conf, console);
    Submission submission =
        new Submission(
            args.matchedPositionalValue(0, ""),
            Arguments.text(args, "--class"),
            args.matchedPositionalValue(1, List.of()),
            target,
            conf,
            args.hasMatchedOption("--supervise"),
            args.hasMatchedOption("--verbose"),
            !args.hasMatchedOption("--no-wait"));
    SubmitEnd end = Submissions.run(submission, console.environment(), console.out());
    end.failedDriver()
        .ifPresent(driver -> DriverLogs.explain(driver, end.state(), target, console));
    return end.exitCode();
  }

  private static Target target(ParseResult args, Map<String, String> conf, Console console) {
    Map<String, Target> targets =
        Arguments.text(args, "--pipeline")
            .map(file -> PipelineArguments.pipeline(Path.of(file), console))
            .map(Pipeline::targets)
            .orElse(Map.of());
    Optional<Target> named = TargetArgument.target(args, targets, console);
    if (named.isPresent()) {
      return named.get();
    }
    String master = conf.get(SubmitArguments.MASTER);
    if (master != null) {
      return TargetArgument.find(master, SubmitArguments.MASTER, targets, console);
    }
    console.say("No --target: the application runs on this machine, " + LOCAL + ".");
    return new Target(LOCAL, LOCAL, Map.of());
  }
}
