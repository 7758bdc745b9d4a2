package dev.kindling.model.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Changes to a text, at places counted in code points, as YAML's marks count. */
final class TextEdits {
  private record Edit(int from, int to, String text) {}

  private final String text;
  private final String newLine;
  private final List<Edit> edits = new ArrayList<>();

  TextEdits(String text) {
    this.text = text;
    this.newLine = text.contains("\r\n") ? "\r\n" : "\n";
  }

  void replace(int from, int to, String with) {
    edits.add(new Edit(offset(from), offset(to), with));
  }

  void insert(int at, String what) {
    edits.add(new Edit(offset(at), offset(at), what));
  }

  /** Inserts lines above the line that a place is in. */
  void insertLinesAbove(int at, List<String> lines) {
    int start = text.lastIndexOf('\n', offset(at) - 1) + 1;
    edits.add(new Edit(start, start, String.join(newLine, lines) + newLine));
  }

  /** Inserts lines below the line that a place is in. */
  void insertLinesBelow(int at, List<String> lines) {
    int end = text.indexOf('\n', offset(at));
    if (end >= 0) {
      edits.add(new Edit(end + 1, end + 1, String.join(newLine, lines) + newLine));
    } else {
      edits.add(new Edit(text.length(), text.length(), newLine + String.join(newLine, lines)));
    }
  }

  /** Whether there are only so many blanks between a place and the start of its line. */
  boolean blankBefore(int at, int columns) {
    int end = offset(at);
    int start = text.lastIndexOf('\n', end - 1) + 1;
    return end - start == columns && text.substring(start, end).isBlank();
  }

  /** The text with all changes. */
  String applied() {
    StringBuilder changed = new StringBuilder(text);
    // From the end on, so that the places of the others stay. The sort is stable.
    edits.stream()
        .sorted(Comparator.comparingInt(Edit::from).reversed())
        .forEach(edit -> changed.replace(edit.from(), edit.to(), edit.text()));
    return changed.toString();
  }

  private int offset(int codePoints) {
    return text.offsetByCodePoints(0, codePoints);
  }
}
