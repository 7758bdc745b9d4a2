package dev.kindling.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kindling.model.error.ErrorKind;
import dev.kindling.model.pipeline.Checked;
import dev.kindling.model.pipeline.Problem;
import dev.kindling.model.pipeline.Severity;
import dev.kindling.runtime.pipeline.PipelineOptions;
import dev.kindling.runtime.pipeline.Pipelines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling check}: the structure of the file, then what Spark's analyser thinks of it. */
final class CheckCommand implements Command {
  private enum Form {
    TEXT,
    JSON
  }

  @Override
  public Manual manual() {
    return Manual.of(
            "Check a pipeline without running it.",
            """
            Finds all that can be known before anything runs: mistakes in the file, tables and
            columns that are not there, types that do not fit, sources that cannot be read, outputs
            that collide. All problems are shown at once, sorted by place.
            """)
        .exit(0, "There are no errors; warnings do not count.")
        .example("Check a pipeline", "kindling check examples/revenue")
        .example(
            "Check the file alone, for an editor",
            "kindling check --fast examples/revenue --output json")
        .json("check")
        .see("reference/pipeline-file.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    PipelineArguments.add(spec);
    spec.addOption(
        Arguments.flag("--fast", "Check the structure only, without engine and without data."));
    spec.addOption(Arguments.output("text (default) or json."));
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) {
    Form form = Arguments.form(args, Form.class, Form.TEXT);
    Checked checked = PipelineArguments.read(args);
    List<Problem> problems = new ArrayList<>(checked.problems());
    if (checked.pipeline().isPresent() && !args.hasMatchedOption("--fast")) {
      PipelineOptions options = PipelineArguments.options(args, console);
      problems.addAll(Pipelines.check(checked.pipeline().get(), options));
      problems.sort(java.util.Comparator.comparing(Problem::position));
    }
    long errors = problems.stream().filter(p -> p.severity() == Severity.ERROR).count();
    int tables = checked.pipeline().map(pipeline -> pipeline.tables().size()).orElse(0);
    if (form == Form.JSON) {
      console.out().println(json(problems, errors == 0));
    } else {
      problems.forEach(problem -> console.out().println(problem));
      console.say(
          errors == 0
              ? "No errors: " + tables + (tables == 1 ? " table." : " tables.")
              : errors + (errors == 1 ? " error." : " errors."));
    }
    return exitCode(problems);
  }

  /** That of a mistake in the file if there is one, else that of the first error. */
  static int exitCode(List<Problem> problems) {
    List<ErrorKind> kinds =
        problems.stream()
            .filter(problem -> problem.severity() == Severity.ERROR)
            .map(problem -> problem.code().kind())
            .toList();
    if (kinds.isEmpty()) {
      return 0;
    }
    return kinds.contains(ErrorKind.USER) ? ErrorKind.USER.exitCode() : kinds.get(0).exitCode();
  }

  private static String json(List<Problem> problems, boolean ok) {
    return JsonWriter.object(
        json -> {
          json.writeBooleanField("ok", ok);
          json.writeArrayFieldStart("problems");
          for (Problem problem : problems) {
            write(problem, json);
          }
          json.writeEndArray();
        });
  }

  static void write(Problem problem, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("severity", problem.severity().name().toLowerCase(Locale.ROOT));
    json.writeStringField("code", problem.code().name());
    json.writeStringField("file", problem.position().file().toString());
    json.writeNumberField("line", problem.position().line());
    json.writeNumberField("column", problem.position().column());
    json.writeStringField("message", problem.message());
    json.writeEndObject();
  }
}
