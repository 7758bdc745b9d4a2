package dev.kindling.runtime.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a plan of DuckDB reads: the columns that are left after pruning, the filters that were
 * pushed down to the files, and the files that partitions leave. It is read off the plan's drawing,
 * which is the only form in which DuckDB shows all of it.
 */
final class Scans {
  private static final String CORNER = "╭─ ";
  private static final List<String> READERS = List.of("Read Parquet", "Read CSV", "Seq Scan");

  private Scans() {}

  /** One line for each place where rows are read, in the order of the drawing. */
  static List<String> of(String drawing) {
    List<String> lines = drawing.lines().toList();
    List<String> scans = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      for (String reader : READERS) {
        int from = lines.get(i).indexOf(CORNER + reader);
        while (from >= 0) {
          scans.add(scan(lines, i, from));
          from = lines.get(i).indexOf(CORNER + reader, from + 1);
        }
      }
    }
    return scans;
  }

  // The box below a corner: lines of "│ Key: value │", a value going on in the next line.
  private static String scan(List<String> lines, int top, int from) {
    int to = lines.get(top).indexOf('╮', from);
    Map<String, String> facts = new LinkedHashMap<>();
    String key = "";
    for (int i = top + 1; i < lines.size(); i++) {
      String line = lines.get(i);
      if (to < 0 || line.length() <= to || line.charAt(from) != '│') {
        break;
      }
      String text = line.substring(from + 1, to).strip();
      int colon = text.indexOf(": ");
      if (colon > 0 && Character.isUpperCase(text.charAt(0)) && line.charAt(from + 2) != ' ') {
        key = text.substring(0, colon);
        facts.put(key, text.substring(colon + 2));
      } else if (!key.isEmpty() && !text.startsWith("~")) {
        facts.merge(key, text, (a, b) -> (a + " " + b).strip());
      }
    }
    return describe(facts);
  }

  private static String describe(Map<String, String> facts) {
    StringBuilder text = new StringBuilder("columns ");
    text.append(facts.getOrDefault("Projections", "none"));
    append(facts, "Filters", "; filters ", text);
    append(facts, "Scanning Files", "; files ", text);
    append(facts, "File Filters", ", by ", text);
    return text.toString();
  }

  private static void append(
      Map<String, String> facts, String key, String before, StringBuilder text) {
    if (facts.containsKey(key)) {
      text.append(before).append(facts.get(key));
    }
  }
}
