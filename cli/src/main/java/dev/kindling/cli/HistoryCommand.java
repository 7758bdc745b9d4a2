package dev.kindling.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.history.Band;
import dev.kindling.model.history.RunHistory;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.record.Figure;
import dev.kindling.model.record.Figure.Kind;
import dev.kindling.model.record.RunRecord;
import dev.kindling.model.record.RunRecordStore;
import dev.kindling.model.record.TableRecord;
import dev.kindling.model.record.UnusualFigure;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling history}: the figures of earlier runs, and what is usual. */
final class HistoryCommand implements Command {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private enum Form {
    TEXT,
    JSON
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
    RunHistory history =
        RunHistory.read(
            new RunRecordStore(pipeline.directory()),
            pipeline.name(),
            (int) most.orElse(Band.MOST_RUNS));
    Optional<String> table =
        Arguments.text(args, "--table").map(name -> table(name, pipeline, history));
    if (form == Form.JSON) {
      console.out().println(json(pipeline, history, table));
    } else if (history.runs().isEmpty()) {
      console.out().println("The pipeline '" + pipeline.name() + "' has not run yet.");
    } else if (table.isPresent()) {
      printTable(table.get(), history, console);
    } else {
      printRuns(history, console);
      printUsual(history, console);
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

  // Text

  private static void printRuns(RunHistory history, Console console) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("run", "started (UTC)", "status", "time", "tables", "unusual"));
    for (RunRecord run : history.runs()) {
      int unusual = run.tables().stream().mapToInt(t -> t.observed().unusual().size()).sum();
      lines.add(
          List.of(
              run.runId(),
              TIME.format(run.startedAt()),
              lower(run.status()),
              Texts.millis(run.millis()),
              Integer.toString(run.tables().size()),
              unusual == 0 ? "" : Integer.toString(unusual)));
    }
    Columns.print(lines, Set.of(3, 4, 5), console.out());
  }

  private static void printUsual(RunHistory history, Console console) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("table", "runs", "rows", "usual", "time", "usual", "against expectations"));
    for (TableRecord table : history.runs().get(0).tables()) {
      Optional<TableRecord> last = history.of(table.name()).stream().findFirst();
      if (last.isEmpty()) {
        continue;
      }
      lines.add(
          List.of(
              table.name(),
              Integer.toString(history.of(table.name()).size()),
              rows(last.get()),
              usual(history, last.get(), Kind.ROWS),
              Texts.millis(last.get().millis()),
              usual(history, last.get(), Kind.TIME),
              violations(last.get())));
    }
    console.out().println();
    Columns.print(lines, Set.of(1, 2, 4), console.out());
  }

  private static String usual(RunHistory history, TableRecord table, Kind kind) {
    return history
        .band(table, Figure.of(kind))
        .map(
            band ->
                kind == Kind.ROWS
                    ? number(Math.round(band.low())) + " to " + number(Math.round(band.high()))
                    : "up to " + Texts.millis(Math.round(band.high())))
        .orElse("–");
  }

  private static void printTable(String name, RunHistory history, Console console) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "run", "started (UTC)", "status", "engine", "rows", "time", "against expectations"));
    List<String> unusual = new ArrayList<>();
    for (RunRecord run : history.runs()) {
      for (TableRecord table : run.tables()) {
        if (!table.name().equalsIgnoreCase(name)) {
          continue;
        }
        lines.add(
            List.of(
                run.runId(),
                TIME.format(run.startedAt()),
                lower(table.status()),
                lower(table.engine()),
                rows(table),
                Texts.millis(table.millis()),
                violations(table)));
        for (UnusualFigure figure : table.observed().unusual()) {
          unusual.add("  " + run.runId() + ": " + figure.text());
        }
      }
    }
    Columns.print(lines, Set.of(4, 5), console.out());
    if (!unusual.isEmpty()) {
      console.out().println();
      console.out().println("unusual:");
      unusual.forEach(console.out()::println);
    }
  }

  private static String violations(TableRecord table) {
    long rows =
        table.expectations().stream()
            .filter(result -> !result.aboutTable())
            .mapToLong(result -> result.violations())
            .sum();
    return table.expectations().isEmpty() ? "–" : Texts.count(rows, "row");
  }

  private static String rows(TableRecord table) {
    return table.rows().isPresent() ? number(table.rows().getAsLong()) : "–";
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  // JSON

  private static String json(Pipeline pipeline, RunHistory history, Optional<String> table) {
    return JsonWriter.object(
        json -> {
          json.writeStringField("pipeline", pipeline.name());
          json.writeArrayFieldStart("runs");
          for (RunRecord run : history.runs()) {
            json.writeStartObject();
            json.writeStringField("runId", run.runId());
            json.writeStringField("startedAt", run.startedAt().toString());
            json.writeStringField("status", lower(run.status()));
            json.writeNumberField("millis", run.millis());
            json.writeArrayFieldStart("tables");
            for (TableRecord record : run.tables()) {
              if (table.isEmpty() || record.name().equalsIgnoreCase(table.get())) {
                write(record, json);
              }
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void write(TableRecord table, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", table.name());
    json.writeStringField("status", lower(table.status()));
    json.writeStringField("engine", lower(table.engine()));
    if (table.bytes().isPresent()) {
      json.writeNumberField("bytes", table.bytes().getAsLong());
    }
    json.writeArrayFieldStart("figures");
    for (Map.Entry<Figure, Double> figure : RunHistory.figures(table).entrySet()) {
      json.writeStartObject();
      write(figure.getKey(), json);
      json.writeNumberField("value", figure.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("unusual");
    for (UnusualFigure unusual : table.observed().unusual()) {
      json.writeStartObject();
      write(unusual.figure(), json);
      json.writeNumberField("value", unusual.value());
      json.writeNumberField("low", unusual.low());
      json.writeNumberField("high", unusual.high());
      json.writeNumberField("runs", unusual.runs());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(Figure figure, JsonGenerator json) throws IOException {
    json.writeStringField("figure", lower(figure.kind()));
    if (!figure.subject().isEmpty()) {
      json.writeStringField("subject", figure.subject());
    }
  }
}
