package dev.kindling.cli;

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

  // A line break in a cell would break the table.
  static String oneLine(String text) {
    return text.indexOf('\n') < 0 && text.indexOf('\r') < 0 && text.indexOf('\t') < 0
        ? text
        : text.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
  }

  // Characters of East Asian scripts and emoji take two places of a terminal, accents none.
  static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      int type = Character.getType(c);
      if (type == Character.NON_SPACING_MARK || type == Character.FORMAT) {
        continue;
      }
      boolean wide =
          (c >= 0x1100 && c <= 0x115F)
              || (c >= 0x2E80 && c <= 0xA4CF)
              || (c >= 0xAC00 && c <= 0xD7A3)
              || (c >= 0xF900 && c <= 0xFAFF)
              || (c >= 0xFE30 && c <= 0xFE6F)
              || (c >= 0xFF00 && c <= 0xFF60)
              || (c >= 0xFFE0 && c <= 0xFFE6)
              || (c >= 0x1F300 && c <= 0x1FAFF);
      width += wide ? 2 : 1;
    }
    return width;
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
