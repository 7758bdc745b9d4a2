package dev.kindling.cli;

import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.Problem;
import dev.kindling.runtime.pipeline.TestOutcome;
import dev.kindling.runtime.pipeline.TestOutcome.RowDifference;
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
    String padding = " ".repeat(Math.max(0, room - TablePrinter.width(name)));
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
    for (RowDifference difference : table.differences()) {
      if (difference.expected().isPresent() && difference.found().isPresent()) {
        changed(table.columns(), difference, lines);
      } else if (difference.expected().isPresent()) {
        lines.add("  row %d is missing:".formatted(difference.number()));
        wrapped(cells(table.columns(), difference.expected().get()), lines);
      } else {
        lines.add("  not expected:");
        wrapped(cells(table.columns(), difference.found().orElseThrow()), lines);
      }
    }
    if (table.more() > 0) {
      lines.add("  … and %s more".formatted(Texts.count(table.more(), "differing row")));
    }
    if (!table.unnamed().isEmpty()) {
      lines.add("  columns that the test does not name: " + String.join(", ", table.unnamed()));
    }
    table.note().ifPresent(note -> lines.add("  Note: " + note + "."));
  }

  private static void changed(List<String> columns, RowDifference difference, List<String> lines) {
    List<Optional<String>> expected = difference.expected().orElseThrow();
    List<Optional<String>> found = difference.found().orElseThrow();
    List<String> same = new ArrayList<>();
    int widest = 0;
    for (int c = 0; c < columns.size(); c++) {
      if (expected.get(c).equals(found.get(c))) {
        same.add(columns.get(c) + "=" + text(expected.get(c)));
      } else {
        widest = Math.max(widest, TablePrinter.width(columns.get(c)));
      }
    }
    lines.add("  row %d differs%s".formatted(difference.number(), same.isEmpty() ? "" : ", with:"));
    wrapped(same, lines);
    for (int c = 0; c < columns.size(); c++) {
      if (!expected.get(c).equals(found.get(c))) {
        String column = columns.get(c);
        String indent = " ".repeat(widest - TablePrinter.width(column));
        lines.add("    " + column + indent + "  expected  " + text(expected.get(c)));
        lines.add("    " + " ".repeat(widest) + "  found     " + text(found.get(c)));
      }
    }
  }

  private static List<String> cells(List<String> columns, List<Optional<String>> row) {
    List<String> cells = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      cells.add(columns.get(c) + "=" + text(row.get(c)));
    }
    return cells;
  }

  /** Cells in lines of the terminal's width; a longer cell has a line of its own. */
  private static void wrapped(List<String> cells, List<String> lines) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i) + (i + 1 < cells.size() ? ", " : "");
      boolean full = TablePrinter.width(line.toString() + cell) > WIDTH - 8;
      if (full && !line.isEmpty()) {
        lines.add("    " + line.toString().stripTrailing());
        line.setLength(0);
      }
      line.append(cell);
    }
    if (!line.isEmpty()) {
      lines.add("    " + line);
    }
  }

  // An empty text, and one that says NULL, have to look like what they are.
  private static String text(Optional<String> cell) {
    if (cell.isEmpty()) {
      return "NULL";
    }
    String text = TablePrinter.oneLine(cell.get());
    boolean quotes =
        text.isEmpty() || text.equals("NULL") || !text.equals(text.strip()) || text.contains(", ");
    return quotes ? "'" + text + "'" : text;
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
