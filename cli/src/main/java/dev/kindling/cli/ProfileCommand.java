package dev.kindling.cli;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Suggestions;
import dev.kindling.runtime.NativeMarker;
import dev.kindling.runtime.profile.ExpectationDraft;
import dev.kindling.runtime.profile.Profiler;
import dev.kindling.runtime.profile.TableProfile;
import dev.kindling.runtime.script.ScriptOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling profile}: what is in a file or a table, and what may be expected of it. */
final class ProfileCommand implements Command {
  private enum Form {
    TEXT,
    JSON,
    HTML
  }

  @Override
  public Manual manual() {
    return Manual.of(
            "Show what is in a file or a table.",
            """
            Looks at all rows: counts, NULLs, distinct and frequent values, quantiles, lengths, skew
            as a key and duplicates of every column, all of them exact; then the expectations that
            the rows keep, to paste into a pipeline file.
            """)
        .exit(1, "A statement failed while it ran.")
        .example(
            "Profile a folder of Parquet files", "kindling profile examples/revenue/data/customers")
        .example(
            "Suggest expectations of a pipeline's table",
            "kindling profile orders -p examples/revenue --suggest")
        .json("profile")
        .see("reference/profile.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.addPositional(
        PositionalParamSpec.builder()
            .arity("1")
            .type(String.class)
            .paramLabel("FILE|TABLE")
            .description("A file, a folder of files or, with -p, a table of a pipeline.")
            .build());
    spec.addOption(
        OptionSpec.builder("-p", "--pipeline")
            .type(String.class)
            .paramLabel("FILE|FOLDER")
            .description("The pipeline that has the table.")
            .build());
    spec.addOption(
        Arguments.texts("--set", "NAME=VALUE", "The value of a parameter of the pipeline."));
    spec.addOption(Arguments.flag("--suggest", "Print only expectations, as YAML to paste."));
    spec.addOption(Arguments.engine());
    spec.addOption(Arguments.memory());
    spec.addOption(Arguments.threads());
    spec.addOption(Arguments.output("text (default), json, or html to put into a file."));
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) {
    Form form = Arguments.form(args, Form.class, Form.TEXT);
    String name = args.matchedPositionalValue(0, "");
    Optional<Pipeline> pipeline =
        Arguments.text(args, "--pipeline")
            .map(
                file ->
                    PipelineArguments.pipeline(
                        Path.of(file), Arguments.pairs(args, "--set"), console));
    pipeline.ifPresent(known -> check(known, name));
    TableProfile profile;
    try (Profiler profiler = new Profiler(options(args, pipeline, console), console::say)) {
      profile =
          pipeline.isPresent()
              ? profiler.table(pipeline.get(), name)
              : profiler.file(Path.of(name));
    }
    if (args.hasMatchedOption("--suggest")) {
      ExpectationDraft.of(profile).forEach(console.out()::println);
      return 0;
    }
    switch (form) {
      case TEXT -> new ProfilePrinter(console.out()).print(profile);
      case JSON -> console.out().println(ProfileJson.of(profile));
      case HTML -> console.out().print(ProfilePage.of(profile));
    }
    return 0;
  }

  private static void check(Pipeline pipeline, String table) {
    if (pipeline.table(table).isEmpty()) {
      List<String> names = pipeline.tables().stream().map(known -> known.name()).toList();
      throw new KindlingException(
          ErrorCode.USAGE,
          "The pipeline has no table '%s' (tables: %s).%s"
              .formatted(
                  table,
                  String.join(", ", names),
                  Suggestions.closest(table, names)
                      .map(near -> " Did you mean '" + near + "'?")
                      .orElse("")));
    }
  }

  private static ScriptOptions options(
      ParseResult args, Optional<Pipeline> pipeline, Console console) {
    Map<String, String> params = new LinkedHashMap<>();
    pipeline.ifPresent(
        known -> known.params().forEach((name, param) -> params.put(name, param.sqlLiteral())));
    return new ScriptOptions(
        Arguments.engine(args).or(() -> pipeline.flatMap(Pipeline::engine)).orElse(Engine.AUTO),
        Map.of(),
        pipeline.map(Pipeline::conf).orElse(Map.of()),
        params,
        Arguments.memory(args),
        Arguments.threads(args),
        OptionalLong.empty(),
        NativeMarker.from(console.environment()));
  }
}
