package dev.kindling.cli;

import dev.kindling.model.history.RunHistory;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.record.Figure;
import dev.kindling.model.record.Figure.Kind;
import dev.kindling.model.record.RunRecord;
import dev.kindling.model.record.TableRecord;
import dev.kindling.model.record.UnusualFigure;
import java.io.PrintStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The figures of earlier runs, for people: one line for each run, and what is usual of each table.
 */
final class HistoryPrinter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final PrintStream out;

  HistoryPrinter(PrintStream out) {
    this.out = out;
  }

  /**
   * Prints all runs, or what they say of one table.
   *
   * @param table the table; empty for all
   */
  void print(Pipeline pipeline, RunHistory history, Optional<String> table) {
    if (history.runs().isEmpty()) {
      out.println("The pipeline '" + pipeline.name() + "' has not run yet.");
    } else if (table.isPresent()) {
      printTable(table.get(), history);
    } else {
      printRuns(history);
      printUsual(history);
    }
  }

  private void printRuns(RunHistory history) {
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
    Columns.print(lines, Set.of(3, 4, 5), out);
  }

  private void printUsual(RunHistory history) {
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
    out.println();
    Columns.print(lines, Set.of(1, 2, 4), out);
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

  private void printTable(String name, RunHistory history) {
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
    Columns.print(lines, Set.of(4, 5), out);
    if (!unusual.isEmpty()) {
      out.println();
      out.println("unusual:");
      unusual.forEach(out::println);
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
}
