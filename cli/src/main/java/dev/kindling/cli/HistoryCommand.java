package dev.kindling.cli;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.history.Band;
import dev.kindling.model.history.RunHistory;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Suggestions;
import dev.kindling.model.record.RunRecordStore;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling history}: the figures of earlier runs, and what is usual. */
final class HistoryCommand implements Command {
  private enum Form {
    TEXT,
    JSON
  }

  @Override
  public Manual manual() {
    return Manual.of(
            "Show what earlier runs found, and what is usual.",
            """
            Shows the runs of a pipeline, the newest first, and for each table the rows, the time and
            what is usual of them. Figures that leave their band are marked.
            """)
        .example("Show the runs of a pipeline", "kindling history examples/revenue")
        .json("history")
        .see("reference/runs.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    PipelineArguments.addFile(spec);
    spec.addOption(Arguments.text("--table", "TABLE", "The runs of this table only."));
    spec.addOption(Arguments.text("--runs", "N", "How many runs, the newest first; default: 20."));
    spec.addOption(Arguments.output("text (default) or json."));
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) {
    Form form = Arguments.form(args, Form.class, Form.TEXT);
    OptionalLong most = Arguments.number(args, "--runs", 1, 100_000);
    Pipeline pipeline = PipelineArguments.pipeline(args, console);
    RunRecordStore store = new RunRecordStore(pipeline.directory());
    RunHistory.passedOver(store).forEach(why -> console.say("warning: " + why));
    RunHistory history = RunHistory.read(store, pipeline.name(), (int) most.orElse(Band.MOST_RUNS));
    Optional<String> table =
        Arguments.text(args, "--table").map(name -> table(name, pipeline, history));
    switch (form) {
      case TEXT -> new HistoryPrinter(console.out()).print(pipeline, history, table);
      case JSON -> console.out().println(HistoryJson.of(pipeline, history, table));
    }
    return 0;
  }

  private static String table(String name, Pipeline pipeline, RunHistory history) {
    Set<String> known = new LinkedHashSet<>();
    pipeline.tables().forEach(table -> known.add(table.name()));
    history.runs().forEach(run -> run.tables().forEach(table -> known.add(table.name())));
    return known.stream()
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(
            () ->
                new KindlingException(
                    ErrorCode.USAGE,
                    "--table: neither the pipeline nor its runs have a table '%s' (accepted: %s).%s"
                        .formatted(
                            name,
                            String.join(", ", known),
                            Suggestions.closest(name, known)
                                .map(near -> " Did you mean '" + near + "'?")
                                .orElse(""))));
  }
}
