package dev.kindling.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/** Lines of cells, aligned. */
final class Columns {
  private Columns() {}

  /**
   * Prints them, the first one as a heading.
   *
   * @param numbers the columns that are aligned to the right
   */
  static void print(List<List<String>> lines, Set<Integer> numbers, PrintStream out) {
    int columns = lines.get(0).size();
    int[] widths = new int[columns];
    for (List<String> line : lines) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], line.get(c).length());
      }
    }
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder(" ");
      for (int c = 0; c < columns; c++) {
        String padding = " ".repeat(widths[c] - line.get(c).length());
        text.append(' ');
        text.append(numbers.contains(c) ? padding + line.get(c) : line.get(c) + padding);
        text.append(' ');
      }
      out.println(text.toString().stripTrailing());
    }
  }
}
