package dev.kindling.cli;

import dev.kindling.model.pipeline.Engine;
import dev.kindling.runtime.NativeMarker;
import dev.kindling.runtime.script.ScriptListener;
import dev.kindling.runtime.script.ScriptOptions;
import dev.kindling.runtime.script.ScriptRunner;
import dev.kindling.runtime.script.StatementResult;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling sql}: statements from the command line, a file or standard input. */
final class SqlCommand implements Command {
  @Override
  public Manual manual() {
    return Manual.of(
            "Run Spark SQL statements over files.",
            """
            Runs statements one after the other; the first that fails ends it. Spark's Catalyst
            decides what a statement means, DuckDB runs it in this process. What DuckDB cannot run
            with exactly Spark's answer, and every command, goes to a Spark beside it, and a line on
            standard error says why.

            Files are tables by their path as well: SELECT * FROM parquet.`data/orders`.
            """)
        .exit(1, "A statement failed while it ran.")
        .example(
            "Look at a Parquet folder",
            "kindling sql --table r=examples/revenue/data/rates -e 'TABLE r'")
        .example(
            "Run statements from standard input, for a program",
            "echo 'SELECT 1 AS one' | kindling sql --output json -")
        .json("sql")
        .see("reference/shell.md", "reference/functions.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.addOption(
        OptionSpec.builder("-e", "--execute")
            .type(String.class)
            .paramLabel("SQL")
            .description("Statements to run, separated by semicolons.")
            .build());
    spec.addOption(
        OptionSpec.builder("-f", "--file")
            .type(String.class)
            .paramLabel("FILE")
            .description("A file with statements; - for standard input.")
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
    spec.addOption(Arguments.engine());
    spec.addOption(Arguments.memory());
    spec.addOption(Arguments.threads());
    spec.addOption(
        Arguments.output(
            "table (default on a terminal), tsv (default elsewhere, as spark-sql), csv or json."));
    spec.addOption(Arguments.text("--max-rows", "N", "Print at most N rows of each result."));
    spec.addPositional(
        PositionalParamSpec.builder()
            .arity("0..1")
            .type(String.class)
            .paramLabel("-")
            .description("Read statements from standard input.")
            .build());
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) throws Exception {
    Script script = Script.of(args, console);
    ResultPrinter printer = printer(args, console);
    ScriptOptions options =
        new ScriptOptions(
            Arguments.engine(args).orElse(Engine.AUTO),
            Tables.of(args, console),
            Arguments.pairs(args, "--conf"),
            SqlParams.literals(Arguments.pairs(args, "--param")),
            Arguments.memory(args),
            Arguments.threads(args),
            Arguments.number(args, "--max-rows", 0, Long.MAX_VALUE),
            NativeMarker.from(console.environment()));
    ScriptListener listener =
        new ScriptListener() {
          @Override
          public void result(StatementResult result) {
            printer.print(result);
            console.out().flush();
            if (result.truncated()) {
              console.say("… more rows; --max-rows shows the first " + result.rows().count() + ".");
            }
          }

          @Override
          public void talk(String line) {
            console.say(line);
          }
        };
    try (ScriptRunner runner = ScriptRunner.open(options, listener)) {
      runner.run(script.text(), script.origin());
    }
    return 0;
  }

  private static ResultPrinter printer(ParseResult args, Console console) {
    ResultForm usual = console.terminal() ? ResultForm.TABLE : ResultForm.TSV;
    return ResultPrinter.of(Arguments.form(args, ResultForm.class, usual), console.out());
  }
}
