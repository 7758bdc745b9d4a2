package dev.kindling.cli;

import static dev.kindling.model.rows.CellText.oneLine;
import static dev.kindling.model.rows.CellText.width;

import dev.kindling.runtime.script.ResultColumn;
import dev.kindling.runtime.script.StatementResult;
import java.io.PrintStream;
import java.util.List;

/** Aligned columns: numbers to the right, everything else to the left. */
record TablePrinter(PrintStream out) implements ResultPrinter {
  @Override
  public void print(StatementResult result) {
    List<ResultColumn> columns = result.columns();
    if (columns.isEmpty()) {
      return;
    }
    int[] widths = columns.stream().mapToInt(c -> width(c.name())).toArray();
    result
        .rows()
        .forEach(
            row -> {
              for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], row.isNull(c) ? 4 : width(oneLine(row.text(c))));
              }
            });
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      cell(line, c, columns.get(c).name(), widths[c], right(columns.get(c)));
    }
    out.append(stripped(line)).append('\n');
    line.setLength(0);
    for (int c = 0; c < widths.length; c++) {
      cell(line, c, "─".repeat(widths[c]), widths[c], false);
    }
    out.append(line).append('\n');
    result
        .rows()
        .forEach(
            row -> {
              line.setLength(0);
              for (int c = 0; c < widths.length; c++) {
                String text = row.isNull(c) ? "NULL" : oneLine(row.text(c));
                cell(line, c, text, widths[c], right(columns.get(c)));
              }
              out.append(stripped(line)).append('\n');
            });
    long count = result.rows().count();
    out.append("(" + count + (count == 1 ? " row)" : " rows)")).append("\n\n");
  }

  private static boolean right(ResultColumn column) {
    return column.kind() == ResultColumn.Kind.NUMBER;
  }

  private static void cell(StringBuilder line, int index, String text, int width, boolean right) {
    String padding = " ".repeat(Math.max(0, width - width(text)));
    line.append(index == 0 ? "" : "  ");
    line.append(right ? padding : "").append(text).append(right ? "" : padding);
  }

  private static StringBuilder stripped(StringBuilder line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == ' ') {
      end--;
    }
    line.setLength(end);
    return line;
  }
}
