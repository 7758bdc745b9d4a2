package dev.kindling.cli;

import java.util.ArrayList;
import java.util.List;

/** The difference of two texts, line by line, as {@code diff -u} shows it. */
final class LineDiff {
  private static final int CONTEXT = 2;

  private LineDiff() {}

  /** The lines between the first and the last difference, with two lines around them. */
  static List<String> of(String before, String after) {
    List<String> a = before.lines().toList();
    List<String> b = after.lines().toList();
    int start = 0;
    while (start < a.size() && start < b.size() && a.get(start).equals(b.get(start))) {
      start++;
    }
    int endA = a.size();
    int endB = b.size();
    while (endA > start && endB > start && a.get(endA - 1).equals(b.get(endB - 1))) {
      endA--;
      endB--;
    }
    if (start == endA && start == endB) {
      return List.of();
    }
    int from = Math.max(0, start - CONTEXT);
    int toA = Math.min(a.size(), endA + CONTEXT);
    int toB = Math.min(b.size(), endB + CONTEXT);
    List<String> lines = new ArrayList<>();
    lines.add("@@ -%d,%d +%d,%d @@".formatted(from + 1, toA - from, from + 1, toB - from));
    lines.addAll(marked(a.subList(from, toA), b.subList(from, toB)));
    return lines;
  }

  /** Walks along the longest common part of both. */
  private static List<String> marked(List<String> a, List<String> b) {
    int[][] common = new int[a.size() + 1][b.size() + 1];
    for (int i = a.size() - 1; i >= 0; i--) {
      for (int j = b.size() - 1; j >= 0; j--) {
        common[i][j] =
            a.get(i).equals(b.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<String> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
        lines.add(" " + a.get(i++));
        j++;
      } else if (j == b.size() || (i < a.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add("-" + a.get(i++));
      } else {
        lines.add("+" + b.get(j++));
      }
    }
    return lines;
  }
}
