package dev.kindling.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of cells in columns as wide as they need to be; the first column left, the others right.
 */
final class TextTable {
  private final List<List<String>> lines = new ArrayList<>();

  void line(List<String> cells) {
    lines.add(List.copyOf(cells));
  }

  @Override
  public String toString() {
    int columns = lines.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> line : lines) {
      for (int column = 0; column < line.size(); column++) {
        widths[column] = Math.max(widths[column], line.get(column).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        String padding = " ".repeat(widths[column] - line.get(column).length());
        String cell = line.get(column);
        row.append(column == 0 ? cell + padding : "  " + padding + cell);
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
