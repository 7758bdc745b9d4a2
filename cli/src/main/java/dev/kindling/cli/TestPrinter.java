package dev.kindling.cli;

import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.Problem;
import dev.kindling.model.rows.CellText;
import dev.kindling.model.rows.DifferenceText;
import dev.kindling.model.rows.RowDifference;
import dev.kindling.runtime.pipeline.TestOutcome;
import dev.kindling.runtime.pipeline.TestOutcome.TableResult;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tests as text for 80 columns: a line for each, and of those that fail the differing cells. */
record TestPrinter(PrintStream out) {
  private static final int WIDTH = 80;

  void print(TestOutcome outcome) {
    String mark =
        switch (outcome.status()) {
          case PASSED -> "ok    ";
          case FAILED -> "FAILED";
          case INVALID -> "ERROR ";
        };
    String time = Texts.millis(outcome.millis());
    String name = outcome.test().name();
    int room = WIDTH - mark.length() - time.length() - 6;
    String padding = " ".repeat(Math.max(0, room - CellText.width(name)));
    out.println("  " + mark + "  " + name + padding + "  " + time);
    if (outcome.status() == TestOutcome.Status.FAILED) {
      lines(outcome).forEach(line -> out.println("    " + line));
    }
  }

  /** What a test found, one difference after the other. */
  static List<String> lines(TestOutcome outcome) {
    List<String> lines = new ArrayList<>();
    outcome.error().ifPresent(error -> error.lines().forEach(lines::add));
    outcome.tables().stream().filter(table -> !table.same()).forEach(t -> lines(t, lines));
    return lines;
  }

  private static void lines(TableResult table, List<String> lines) {
    lines.add(
        "%s: expected %s, found %s  (%s%s)"
            .formatted(
                table.table(),
                Texts.count(table.expectedRows(), "row"),
                Texts.count(table.foundRows(), "row"),
                table.position(),
                table.engine() == Engine.SPARK ? ", on Spark" : ""));
    DifferenceText text = new DifferenceText(table.columns());
    for (RowDifference<Optional<String>> difference : table.differences()) {
      text.lines(difference).forEach(line -> lines.add("  " + line));
    }
    if (table.more() > 0) {
      lines.add("  … and %s more".formatted(Texts.count(table.more(), "differing row")));
    }
    if (!table.unnamed().isEmpty()) {
      lines.add("  columns that the test does not name: " + String.join(", ", table.unnamed()));
    }
    table.note().ifPresent(note -> lines.add("  Note: " + note + "."));
  }

  void summary(List<TestOutcome> outcomes, long millis) {
    Set<Problem> problems = new LinkedHashSet<>();
    outcomes.forEach(outcome -> problems.addAll(outcome.problems()));
    problems.stream()
        .sorted(java.util.Comparator.comparing(Problem::position))
        .forEach(out::println);
    long passed = outcomes.stream().filter(o -> o.status() == TestOutcome.Status.PASSED).count();
    out.println(
        "%d of %s passed in %s"
            .formatted(passed, Texts.count(outcomes.size(), "test"), Texts.millis(millis)));
  }
}
