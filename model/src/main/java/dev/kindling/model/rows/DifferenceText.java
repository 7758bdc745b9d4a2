package dev.kindling.model.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Differing rows as text for 80 columns: of a row that differs the cells that do. */
public final class DifferenceText {
  /** Of a line with two blanks before it. */
  private static final int WIDTH = 74;

  private final List<String> columns;

  /**
   * @param columns the names of the cells
   */
  public DifferenceText(List<String> columns) {
    this.columns = List.copyOf(columns);
  }

  /**
   * One difference.
   *
   * @param difference cells as text, NULL as empty
   */
  public List<String> lines(RowDifference<Optional<String>> difference) {
    List<String> lines = new ArrayList<>();
    if (difference.expected().isPresent() && difference.found().isPresent()) {
      changed(difference, lines);
    } else if (difference.expected().isPresent()) {
      lines.add("row %d is missing:".formatted(difference.number()));
      wrapped(cells(difference.expected().get()), lines);
    } else {
      lines.add("not expected:");
      wrapped(cells(difference.found().orElseThrow()), lines);
    }
    return lines;
  }

  private void changed(RowDifference<Optional<String>> difference, List<String> lines) {
    List<Optional<String>> expected = difference.expected().orElseThrow();
    List<Optional<String>> found = difference.found().orElseThrow();
    List<String> same = new ArrayList<>();
    int widest = 0;
    for (int c = 0; c < columns.size(); c++) {
      if (expected.get(c).equals(found.get(c))) {
        same.add(cell(c, expected));
      } else {
        widest = Math.max(widest, CellText.width(columns.get(c)));
      }
    }
    lines.add("row %d differs%s".formatted(difference.number(), same.isEmpty() ? "" : ", with:"));
    wrapped(same, lines);
    for (int c = 0; c < columns.size(); c++) {
      if (!expected.get(c).equals(found.get(c))) {
        String column = columns.get(c);
        String indent = " ".repeat(widest - CellText.width(column));
        lines.add("  " + column + indent + "  expected  " + CellText.shown(expected.get(c)));
        lines.add("  " + " ".repeat(widest) + "  found     " + CellText.shown(found.get(c)));
      }
    }
  }

  private List<String> cells(List<Optional<String>> row) {
    List<String> cells = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      cells.add(cell(c, row));
    }
    return cells;
  }

  private String cell(int column, List<Optional<String>> row) {
    return columns.get(column) + "=" + CellText.shown(row.get(column));
  }

  /** Cells in lines of the width; a longer cell has a line of its own. */
  private static void wrapped(List<String> cells, List<String> lines) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i) + (i + 1 < cells.size() ? ", " : "");
      boolean full = CellText.width(line + cell) > WIDTH - 2;
      if (full && !line.isEmpty()) {
        lines.add("  " + line.toString().stripTrailing());
        line.setLength(0);
      }
      line.append(cell);
    }
    if (!line.isEmpty()) {
      lines.add("  " + line);
    }
  }
}
