package dev.kindling.cli;

import dev.kindling.model.pipeline.OnViolation;
import dev.kindling.model.record.ExpectationResult;
import dev.kindling.model.record.ExpectationStatus;
import dev.kindling.model.record.PublishedOutput;
import dev.kindling.model.record.RunRecord;
import dev.kindling.model.record.RunStatus;
import dev.kindling.model.record.TableRecord;
import dev.kindling.model.record.TableStatus;
import dev.kindling.model.record.UnusualFigure;
import dev.kindling.runtime.MemorySize;
import dev.kindling.runtime.pipeline.Rerun;
import dev.kindling.runtime.pipeline.RunOutcome;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a run did, on one screen: tables, expectations, outputs, and where to read more. */
final class RunSummary {
  private RunSummary() {}

  static void print(RunOutcome outcome, Console console) {
    PrintStream out = console.out();
    RunRecord run = outcome.record();
    out.println();
    out.printf(
        "%s %s in %s (run %s)%n",
        run.pipeline(),
        run.status().name().toLowerCase(Locale.ROOT),
        Texts.millis(run.millis()),
        run.runId());
    out.println();
    tables(run, out);
    why(run, out);
    expectations(run, out);
    unusual(run, out);
    outputs(run, out);
    out.println();
    if (run.status() != RunStatus.SUCCEEDED && run.published().isEmpty()) {
      out.println("Nothing was published.");
    }
    out.println("report: " + shown(outcome.report()));
  }

  private static void tables(RunRecord run, PrintStream out) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("table", "engine", "rows", "time", "computed"));
    for (TableRecord table : run.tables()) {
      lines.add(
          List.of(
              table.name(),
              table.engine().name().toLowerCase(Locale.ROOT),
              table.rows().isPresent()
                  ? String.format(Locale.ROOT, "%,d", table.rows().getAsLong())
                  : "–",
              isRun(table) ? Texts.millis(table.millis()) : "–",
              computed(table)));
    }
    Columns.print(lines, Set.of(2, 3), out);
  }

  /** Where tables were left out: why those, and why not the others. */
  private static void why(RunRecord run, PrintStream out) {
    if (run.tables().stream().noneMatch(table -> table.status() == TableStatus.UNCHANGED)) {
      return;
    }
    out.println();
    for (TableRecord table : run.tables()) {
      table.reasons().stream()
          .filter(reason -> table.status() == TableStatus.UNCHANGED || reason.startsWith(Rerun.WHY))
          .forEach(reason -> out.println("  " + table.name() + ": " + reason));
    }
  }

  private static boolean isRun(TableRecord table) {
    return table.status() == TableStatus.SUCCEEDED || table.status() == TableStatus.FAILED;
  }

  private static String computed(TableRecord table) {
    return switch (table.status()) {
      case FAILED -> "failed";
      case SKIPPED -> "not run";
      case UNCHANGED -> "unchanged";
      case SUCCEEDED ->
          switch (table.materialisation()) {
            case INLINED -> table.output().isPresent() ? "as it is written" : "by its readers";
            case TEMPORARY -> "once";
            case STAGED -> "once, staged";
          };
    };
  }

  private static void expectations(RunRecord run, PrintStream out) {
    List<String> broken = new ArrayList<>();
    int checked = 0;
    for (TableRecord table : run.tables()) {
      if (table.status() == TableStatus.UNCHANGED) {
        continue;
      }
      table
          .badRecords()
          .filter(bad -> bad.count() > 0)
          .ifPresent(
              bad ->
                  broken.add(
                      table.name()
                          + ": "
                          + Texts.count(bad.count(), "bad record")
                          + bad.quarantinePath()
                              .map(path -> " → " + shown(Path.of(path)))
                              .orElse(" left out")));
      for (ExpectationResult result : table.expectations()) {
        checked++;
        if (result.status() != ExpectationStatus.PASSED) {
          broken.add(
              table.name()
                  + ": "
                  + result.description()
                  + (result.aboutTable() ? ofTable(result) : ofRows(result)));
        }
      }
    }
    if (checked == 0 && broken.isEmpty()) {
      return;
    }
    out.println();
    out.println("expectations: " + checked + " checked" + (broken.isEmpty() ? ", all kept" : ""));
    broken.forEach(line -> out.println("  " + line));
  }

  private static String ofTable(ExpectationResult result) {
    String found =
        result.sampleRows().stream()
            .limit(1)
            .flatMap(row -> row.entrySet().stream())
            .map(cell -> cell.getKey() + "=" + cell.getValue())
            .collect(Collectors.joining(", "));
    String fails = result.onViolation() == OnViolation.FAIL ? ", which fails the run" : "";
    return " broken (" + found + ")" + fails;
  }

  private static String ofRows(ExpectationResult result) {
    return " broken by " + Texts.count(result.violations(), "row") + ", " + consequence(result);
  }

  private static String consequence(ExpectationResult result) {
    return switch (result.onViolation()) {
      case FAIL -> "which fails the run";
      case WARN -> "kept";
      case DROP -> "left out";
      case QUARANTINE ->
          "quarantined"
              + result.quarantinePath().map(path -> " → " + shown(Path.of(path))).orElse("");
    };
  }

  private static void unusual(RunRecord run, PrintStream out) {
    List<String> lines = new ArrayList<>();
    for (TableRecord table : run.tables()) {
      for (UnusualFigure figure : table.observed().unusual()) {
        lines.add("  " + table.name() + ": " + figure.text());
      }
    }
    if (!lines.isEmpty()) {
      out.println();
      out.println("unusual:");
      lines.forEach(out::println);
    }
  }

  private static void outputs(RunRecord run, PrintStream out) {
    if (run.published().isEmpty()) {
      return;
    }
    out.println();
    out.println("published:");
    for (PublishedOutput output : run.published()) {
      out.printf(
          "  %s → %s (%s, %s)%n",
          output.table(),
          output.path(),
          Texts.count(output.files(), "file"),
          MemorySize.show(output.bytes()));
    }
  }

  // Relative to where the user stands, if that is shorter.
  private static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
  }
}
