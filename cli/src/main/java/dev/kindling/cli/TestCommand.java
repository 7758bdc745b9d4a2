package dev.kindling.cli;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.ErrorKind;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.NamePattern;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Suggestions;
import dev.kindling.model.pipeline.Table;
import dev.kindling.model.pipeline.TestCase;
import dev.kindling.runtime.pipeline.PipelineOptions;
import dev.kindling.runtime.pipeline.PipelineTests;
import dev.kindling.runtime.pipeline.TestOutcome;
import dev.kindling.storage.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling test}: runs the tests of a pipeline, or writes one. */
final class TestCommand implements Command {
  private static final long ROWS = 3;

  private enum Form {
    TEXT,
    JSON
  }

  @Override
  public Manual manual() {
    return Manual.of(
            "Run the tests of a pipeline, or write one from real rows.",
            """
            A test in the pipeline file gives rows of some tables and says which rows are expected of
            others. Nothing is read but the rows of the test, and nothing is written.
            """)
        .exit(1, "A test failed.")
        .exit(2, "A test, or the pipeline, has to be mended before it can run.")
        .example("Run all tests", "kindling test examples/revenue")
        .example(
            "Write a test of a table, from three rows of each source",
            "kindling test examples/revenue --create latest")
        .json("test")
        .see("reference/tests.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    PipelineArguments.add(spec);
    spec.addOption(
        Arguments.texts("--select", "NAME", "Run this test only; * stands for any letters."));
    spec.addOption(Arguments.text("--junit", "FILE", "Write a JUnit report for a CI server."));
    spec.addOption(
        Arguments.text("--create", "TABLE", "Print a test of TABLE that is made of real rows."));
    spec.addOption(
        Arguments.text("--rows", "N", "Rows of each source for --create; default: " + ROWS + "."));
    spec.addOption(Arguments.output("text (default) or json."));
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) {
    Form form = Arguments.form(args, Form.class, Form.TEXT);
    Pipeline pipeline = PipelineArguments.pipeline(args, console);
    PipelineOptions options = PipelineArguments.options(args, console);
    Optional<String> create = Arguments.text(args, "--create");
    if (create.isPresent()) {
      long rows = Arguments.number(args, "--rows", 1, 1000).orElse(ROWS);
      Table table = table(pipeline, create.get());
      try (PipelineTests tests = PipelineTests.open(pipeline, options)) {
        console.out().print(tests.draft(table, rows, console::say));
      }
      return 0;
    }
    List<TestCase> selected = selected(pipeline, Arguments.texts(args, "--select"));
    Optional<Path> junit = Arguments.text(args, "--junit").map(Path::of);
    long start = System.nanoTime();
    TestPrinter printer = new TestPrinter(console.out());
    List<TestOutcome> outcomes = new ArrayList<>();
    try (PipelineTests tests = PipelineTests.open(pipeline, options)) {
      for (TestCase test : selected) {
        TestOutcome outcome = tests.run(test, console::say);
        outcomes.add(outcome);
        if (form == Form.TEXT) {
          printer.print(outcome);
          console.out().flush();
        }
      }
    }
    if (form == Form.TEXT) {
      printer.summary(outcomes, (System.nanoTime() - start) / 1_000_000);
    } else {
      console.out().println(TestJson.of(pipeline, outcomes));
    }
    junit.ifPresent(file -> write(file, JunitReport.of(pipeline.name(), outcomes)));
    return exitCode(outcomes);
  }

  private static int exitCode(List<TestOutcome> outcomes) {
    List<TestOutcome.Status> all = outcomes.stream().map(TestOutcome::status).toList();
    if (all.contains(TestOutcome.Status.INVALID)) {
      return ErrorKind.USER.exitCode();
    }
    return all.contains(TestOutcome.Status.FAILED) ? ErrorKind.PIPELINE.exitCode() : 0;
  }

  private static Table table(Pipeline pipeline, String name) {
    List<String> names = pipeline.tables().stream().map(Table::name).toList();
    return pipeline
        .table(name)
        .orElseThrow(
            () -> unknown("The pipeline has no table '" + name + "'", "tables", name, names));
  }

  private static List<TestCase> selected(Pipeline pipeline, List<String> patterns) {
    List<String> names = pipeline.tests().stream().map(TestCase::name).toList();
    if (names.isEmpty()) {
      throw new KindlingException(
          ErrorCode.USAGE,
          pipeline.file()
              + " has no 'tests'. 'kindling test --create TABLE' prints one to begin with.");
    }
    for (String pattern : patterns) {
      if (names.stream().noneMatch(NamePattern.of(pattern)::matches)) {
        throw unknown("--select names no test: '" + pattern + "'", "tests", pattern, names);
      }
    }
    return pipeline.tests().stream()
        .filter(
            test ->
                patterns.isEmpty()
                    || patterns.stream()
                        .anyMatch(pattern -> NamePattern.of(pattern).matches(test.name())))
        .toList();
  }

  private static KindlingException unknown(
      String what, String kind, String name, List<String> accepted) {
    return new KindlingException(
        ErrorCode.USAGE,
        "%s (%s: %s).%s"
            .formatted(
                what,
                kind,
                String.join(", ", accepted),
                Suggestions.closest(name, accepted)
                    .map(near -> " Did you mean '" + near + "'?")
                    .orElse("")));
  }

  private static void write(Path file, String text) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Files.writeString(file, text);
    } catch (IOException e) {
      throw FileErrors.translate(e, "write the JUnit report", file);
    }
  }
}
