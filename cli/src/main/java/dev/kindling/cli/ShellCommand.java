package dev.kindling.cli;

import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.runtime.NativeMarker;
import dev.kindling.runtime.script.ScriptOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling shell}: statements one after the other, in one session. */
final class ShellCommand implements Command {
  // What a person may scroll through; a script gets all.
  private static final long ROWS_ON_A_TERMINAL = 10_000;

  @Override
  public Manual manual() {
    return Manual.of(
            "Type Spark SQL statements one after the other.",
            """
            A prompt with history, completion and pages; .help there lists its own commands, Ctrl-C
            stops the statement that runs and nothing else, Ctrl-D leaves. Where no person looks it
            reads statements from standard input, and the first that fails ends it.
            """)
        .exit(1, "A statement failed while it ran; at a prompt the shell goes on.")
        .example("Open the tables of a pipeline", "kindling shell -p examples/revenue")
        .json("sql")
        .see("reference/shell.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.addOption(
        OptionSpec.builder("-p", "--pipeline")
            .type(String.class)
            .paramLabel("FILE|FOLDER")
            .description("Open the tables of a pipeline.")
            .build());
    spec.addOption(
        Arguments.texts("--set", "NAME=VALUE", "The value of a parameter of the pipeline."));
    spec.addOption(
        Arguments.texts(
            "--tables", "DIR", "Each Parquet file or sub-folder of DIR becomes a table."));
    spec.addOption(
        Arguments.texts(
            "--table",
            "NAME=PATH",
            "A file or folder as a table: Parquet, CSV, JSON or ORC, by its ending, as Spark reads FORMAT.`PATH`."));
    spec.addOption(Arguments.texts("--conf", "KEY=VALUE", "A setting of Spark SQL."));
    spec.addOption(Arguments.engine());
    spec.addOption(Arguments.memory());
    spec.addOption(Arguments.threads());
    spec.addOption(Arguments.output("table (default on a terminal), tsv, csv or json."));
    spec.addOption(Arguments.text("--max-rows", "N", "Show at most N rows of each result."));
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) throws Exception {
    Optional<Pipeline> pipeline =
        Arguments.text(args, "--pipeline")
            .map(
                file ->
                    PipelineArguments.pipeline(
                        Path.of(file), Arguments.pairs(args, "--set"), console));
    Map<String, String> conf = new LinkedHashMap<>();
    Map<String, String> params = new LinkedHashMap<>();
    pipeline.ifPresent(
        known -> {
          conf.putAll(known.conf());
          known.params().forEach((name, param) -> params.put(name, param.sqlLiteral()));
        });
    conf.putAll(Arguments.pairs(args, "--conf"));
    OptionalLong rows = Arguments.number(args, "--max-rows", 0, Long.MAX_VALUE);
    ScriptOptions options =
        new ScriptOptions(
            Arguments.engine(args).or(() -> pipeline.flatMap(Pipeline::engine)).orElse(Engine.AUTO),
            Tables.of(args, console),
            conf,
            params,
            Arguments.memory(args),
            Arguments.threads(args),
            rows.isPresent() || !console.terminal() ? rows : OptionalLong.of(ROWS_ON_A_TERMINAL),
            NativeMarker.from(console.environment()));
    ResultForm form =
        Arguments.form(
            args, ResultForm.class, console.terminal() ? ResultForm.TABLE : ResultForm.TSV);
    if (console.terminal()) {
      AtomicReference<ShellSession> opened = new AtomicReference<>();
      ShellCompleter completer =
          new ShellCompleter(() -> Optional.ofNullable(opened.get()).flatMap(ShellSession::ifOpen));
      try (ShellTerminal terminal = ShellTerminal.open(completer, console.environment())) {
        Shell shell = new Shell(form, console, terminal);
        try (ShellSession session = new ShellSession(options, pipeline, shell)) {
          opened.set(session);
          return shell.run(session);
        }
      }
    }
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Shell shell = new Shell(form, console, new ShellInput.Lines(in));
    try (ShellSession session = new ShellSession(options, pipeline, shell)) {
      return shell.run(session);
    }
  }
}
