package dev.kindling.cli;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.ErrorKind;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.runtime.NativeMarker;
import dev.kindling.runtime.compare.Comparer;
import dev.kindling.runtime.compare.Comparison;
import dev.kindling.runtime.compare.Sample;
import dev.kindling.runtime.compare.Verdict;
import dev.kindling.runtime.pipeline.PipelineOptions;
import dev.kindling.runtime.script.ScriptOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling compare}: the proof that both engines give the same, which a user can repeat. */
final class CompareCommand implements Command {
  private enum Form {
    TEXT,
    JSON
  }

  @Override
  public Manual manual() {
    return Manual.of(
            "Run both engines on the same input and compare the rows.",
            """
            Runs a pipeline, or statements, on the embedded engine and on Spark, and compares names,
            types and rows, and the order where the query asks for one. Nothing is published.
            """)
        .exit(1, "The engines differ; please report it.")
        .example(
            "Compare a pipeline with the first rows of its sources",
            "kindling compare examples/revenue --sample 1000")
        .example("Compare a statement", "kindling compare -e 'SELECT sum(id / 3) FROM range(100)'")
        .json("compare")
        .see("concepts/exactness.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    PipelineArguments.add(spec);
    PipelineArguments.addSelection(spec);
    spec.addOption(
        OptionSpec.builder("-e", "--execute")
            .type(String.class)
            .paramLabel("SQL")
            .description("Compare these statements instead of a pipeline.")
            .build());
    spec.addOption(
        OptionSpec.builder("-f", "--file")
            .type(String.class)
            .paramLabel("FILE")
            .description("Compare the statements of this file.")
            .build());
    spec.addOption(
        Arguments.texts(
            "--tables", "DIR", "Each Parquet file or sub-folder of DIR becomes a table."));
    spec.addOption(
        Arguments.texts(
            "--table",
            "NAME=PATH",
            "A file or folder as a table: Parquet, CSV, JSON or ORC, by its ending, as Spark reads FORMAT.`PATH`."));
    spec.addOption(Arguments.texts("--conf", "KEY=VALUE", "A setting of Spark SQL."));
    spec.addOption(
        Arguments.texts("--param", "NAME=VALUE", "The value of the parameter :NAME in SQL."));
    spec.addOption(
        Arguments.text(
            "--sample", "N", "Compare with the first N rows of every source instead of all."));
    spec.addOption(Arguments.output("text (default) or json."));
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) throws IOException {
    Form form = Arguments.form(args, Form.class, Form.TEXT);
    List<Comparison> comparisons = compare(args, console);
    if (form == Form.JSON) {
      console.out().println(json(comparisons));
    } else {
      print(comparisons, console.out());
    }
    return exitCode(comparisons);
  }

  /** Compares a pipeline, for {@code run --verify}; what differs is said. */
  static int compare(Pipeline pipeline, PipelineOptions options, Console console) {
    List<Comparison> comparisons = Comparer.pipeline(pipeline, options, console::say);
    print(comparisons, console.err());
    return exitCode(comparisons);
  }

  private static List<Comparison> compare(ParseResult args, Console console) throws IOException {
    OptionalLong rows = Arguments.number(args, "--sample", 1, Long.MAX_VALUE);
    if (Arguments.text(args, "--execute").isEmpty() && Arguments.text(args, "--file").isEmpty()) {
      Pipeline pipeline = PipelineArguments.pipeline(args, console);
      PipelineOptions options = PipelineArguments.options(args, console);
      if (rows.isEmpty()) {
        return Comparer.pipeline(pipeline, options, console::say);
      }
      try (Sample sample = sample(rows, pipeline.conf(), args, console)) {
        return Comparer.pipeline(sample.of(pipeline), options, console::say);
      }
    }
    if (args.hasMatchedPositional(0)) {
      throw new KindlingException(
          ErrorCode.USAGE, "Compare either a pipeline or statements, not both.");
    }
    Script script = Script.of(args, console);
    ScriptOptions options =
        new ScriptOptions(
            Engine.AUTO,
            Tables.of(args, console),
            Arguments.pairs(args, "--conf"),
            SqlParams.literals(Arguments.pairs(args, "--param")),
            Arguments.memory(args),
            Arguments.threads(args),
            OptionalLong.empty(),
            NativeMarker.from(console.environment()));
    if (rows.isEmpty()) {
      return Comparer.script(script.text(), script.origin(), options, console::say);
    }
    try (Sample sample = sample(rows, options.conf(), args, console)) {
      return Comparer.script(script.text(), script.origin(), sample.of(options), console::say);
    }
  }

  private static Sample sample(
      OptionalLong rows, Map<String, String> conf, ParseResult args, Console console) {
    return new Sample(rows.getAsLong(), conf, Arguments.memory(args), console::say);
  }

  private static int exitCode(List<Comparison> comparisons) {
    return comparisons.stream().anyMatch(c -> c.verdict() == Verdict.DIFFERENT)
        ? ErrorKind.PIPELINE.exitCode()
        : 0;
  }

  private static void print(List<Comparison> comparisons, PrintStream out) {
    for (Comparison comparison : comparisons) {
      out.println(
          comparison.name()
              + ": "
              + word(comparison.verdict())
              + ", "
              + Texts.count(comparison.rows(), "row"));
      comparison.notes().forEach(note -> out.println("  " + note));
      comparison.differences().forEach(line -> out.println("  " + line));
    }
    long equal = comparisons.stream().filter(c -> c.verdict() == Verdict.EQUAL).count();
    out.println(equal + " of " + comparisons.size() + " equal");
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case EQUAL -> "equal";
      case DIFFERENT -> "DIFFERENT";
      case NOT_COMPARABLE -> "not comparable";
      case NOT_NATIVE -> "not compared";
    };
  }

  private static String json(List<Comparison> comparisons) {
    return JsonWriter.object(
        json -> {
          json.writeArrayFieldStart("comparisons");
          for (Comparison comparison : comparisons) {
            json.writeStartObject();
            json.writeStringField("name", comparison.name());
            json.writeStringField("verdict", comparison.verdict().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("rows", comparison.rows());
            json.writeArrayFieldStart("notes");
            for (String note : comparison.notes()) {
              json.writeString(note);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("differences");
            for (String line : comparison.differences()) {
              json.writeString(line);
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }
}
