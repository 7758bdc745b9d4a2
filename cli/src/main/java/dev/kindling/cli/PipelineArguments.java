package dev.kindling.cli;

import dev.kindling.model.pipeline.Checked;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.PipelineReader;
import dev.kindling.model.pipeline.Problem;
import dev.kindling.model.pipeline.Selection;
import dev.kindling.model.pipeline.Target;
import dev.kindling.runtime.NativeMarker;
import dev.kindling.runtime.pipeline.InvalidPipelineException;
import dev.kindling.runtime.pipeline.PipelineOptions;
import dev.kindling.runtime.pipeline.Rerun;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** What all commands over a pipeline file take. */
final class PipelineArguments {
  private PipelineArguments() {}

  /** For commands that only look at a pipeline. */
  static void addFile(CommandSpec spec) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .arity("0..1")
            .type(String.class)
            .paramLabel("FILE|FOLDER")
            .description("A pipeline file, or a folder with a kindling.yaml; default: this folder.")
            .build());
    spec.addOption(
        Arguments.texts("--set", "NAME=VALUE", "The value of a parameter of the pipeline."));
  }

  static void add(CommandSpec spec) {
    addFile(spec);
    spec.addOption(Arguments.engine());
    spec.addOption(Arguments.memory());
    spec.addOption(Arguments.threads());
  }

  /** For commands that can do with some of the tables. */
  static void addSelection(CommandSpec spec) {
    spec.addOption(
        Arguments.texts(
            "--select",
            "TABLES",
            "Only these tables, such as a,b; +a with all that it reads, a+ with all that reads it,"
                + " tag:x by tag, a* by pattern. What they read is computed, not written."));
  }

  /** For commands that can leave out what has not changed. */
  static void addChanged(CommandSpec spec) {
    spec.addOption(
        Arguments.flag(
            "--changed",
            "Only tables that may have other rows than their last run left: files, SQL, settings or"
                + " tables that they read have changed, or their output."));
  }

  /** What {@code --changed} asks for. */
  static Rerun rerun(ParseResult args) {
    return args.commandSpec().findOption("--changed") != null && args.hasMatchedOption("--changed")
        ? Rerun.CHANGED
        : Rerun.ALL;
  }

  private static Optional<Selection> selection(ParseResult args) {
    return args.commandSpec().findOption("--select") != null && args.hasMatchedOption("--select")
        ? Optional.of(Selection.parse(Arguments.texts(args, "--select")))
        : Optional.empty();
  }

  /** The file, read and checked for its structure. */
  static Checked read(ParseResult args) {
    return PipelineReader.read(
        Path.of(args.matchedPositionalValue(0, ".")), Arguments.pairs(args, "--set"));
  }

  /** The pipeline of the file; its warnings are said. */
  static Pipeline pipeline(ParseResult args, Console console) {
    return pipeline(read(args), console);
  }

  /** The pipeline of another file; its warnings are said. */
  static Pipeline pipeline(Path file, Console console) {
    return pipeline(PipelineReader.read(file, Map.of()), console);
  }

  /** The pipeline of another file, with values of parameters; its warnings are said. */
  static Pipeline pipeline(Path file, Map<String, String> sets, Console console) {
    return pipeline(PipelineReader.read(file, sets), console);
  }

  private static Pipeline pipeline(Checked checked, Console console) {
    if (checked.pipeline().isEmpty()) {
      throw new InvalidPipelineException(checked.problems());
    }
    for (Problem warning : checked.warnings()) {
      console.say(warning.toString());
    }
    return checked.pipeline().get();
  }

  static PipelineOptions options(ParseResult args, Console console) {
    return options(args, console, Optional.empty());
  }

  static PipelineOptions options(ParseResult args, Console console, Optional<Target> target) {
    return new PipelineOptions(
        Arguments.engine(args),
        Arguments.memory(args),
        Arguments.threads(args),
        target,
        selection(args),
        rerun(args),
        NativeMarker.from(console.environment()),
        Version.kindling());
  }
}
