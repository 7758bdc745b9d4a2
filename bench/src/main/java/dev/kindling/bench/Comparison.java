package dev.kindling.bench;

import dev.kindling.bench.engine.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether two engines gave the same answer to a query: the same column names and types, the same
 * rows value by value, and the same order in the columns that the query sorts by. Rows that are
 * equal in those columns may stand in any order, as SQL leaves it open.
 *
 * <p>Floating point numbers count as equal within a relative difference of {@value #TOLERANCE}: the
 * sum of such numbers depends on the order in which an engine meets them.
 */
final class Comparison {
  static final double TOLERANCE = 1e-9;
  private static final Pattern COLUMN =
      Pattern.compile("(\\w+)(\\s+(asc|desc))?(\\s+nulls\\s+(first|last))?");

  private Comparison() {}

  /** The first difference, in words; empty when there is none. */
  static Optional<String> difference(String sql, ResultTable ours, ResultTable reference) {
    if (!ours.names().equals(reference.names())) {
      return Optional.of("columns are " + ours.names() + ", expected " + reference.names());
    }
    if (!ours.types().equals(reference.types())) {
      return Optional.of("types are " + ours.types() + ", expected " + reference.types());
    }
    if (ours.rows().size() != reference.rows().size()) {
      return Optional.of(
          "%d rows, expected %d".formatted(ours.rows().size(), reference.rows().size()));
    }
    int[] all = IntStream.range(0, ours.names().size()).toArray();
    int[] keys = sortKeys(sql, ours.names());
    for (int i = 0; i < ours.rows().size(); i++) {
      if (!equal(ours, ours.rows().get(i), reference.rows().get(i), keys)) {
        return Optional.of("order: " + rowDifference(i, ours.rows(), reference.rows()));
      }
    }
    List<List<String>> sorted = sorted(ours);
    List<List<String>> expected = sorted(reference);
    for (int i = 0; i < sorted.size(); i++) {
      if (!equal(ours, sorted.get(i), expected.get(i), all)) {
        return Optional.of("rows, when sorted: " + rowDifference(i, sorted, expected));
      }
    }
    return Optional.empty();
  }

  /** Whether any column was compared with the tolerance. */
  static boolean hasFloats(ResultTable table) {
    for (int column = 0; column < table.names().size(); column++) {
      if (table.isFloat(column)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The columns that the outermost ORDER BY sorts by. A key that is no output column cannot be seen
   * in the result; then the order of whole rows has to agree.
   */
  static int[] sortKeys(String sql, List<String> names) {
    String clause = outermostOrderBy(sql);
    if (clause.isEmpty()) {
      return new int[0];
    }
    List<Integer> keys = new ArrayList<>();
    for (String key : clause.split(",")) {
      Matcher column = COLUMN.matcher(key.strip());
      int index = column.matches() ? names.indexOf(column.group(1)) : -1;
      if (index < 0) {
        return IntStream.range(0, names.size()).toArray();
      }
      keys.add(index);
    }
    return keys.stream().mapToInt(Integer::intValue).toArray();
  }

  private static String outermostOrderBy(String sql) {
    String text = sql.replaceAll("--[^\\n]*", " ").toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    int depth = 0;
    int start = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0 && text.startsWith(" order by ", i)) {
        start = i + " order by ".length();
      }
    }
    if (start < 0) {
      return "";
    }
    int limit = text.indexOf(" limit ", start);
    return text.substring(start, limit < 0 ? text.length() : limit).strip();
  }

  private static boolean equal(
      ResultTable types, List<String> left, List<String> right, int[] columns) {
    return Arrays.stream(columns)
        .allMatch(
            column ->
                types.isFloat(column)
                    ? close(left.get(column), right.get(column))
                    : left.get(column).equals(right.get(column)));
  }

  private static boolean close(String left, String right) {
    if (left.equals(right)) {
      return true;
    }
    if (left.equals(ResultTable.NULL) || right.equals(ResultTable.NULL)) {
      return false;
    }
    double a = Double.parseDouble(left);
    double b = Double.parseDouble(right);
    return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  }

  /** Sorted by the exact columns first, so that a last digit cannot pair different rows. */
  private static List<List<String>> sorted(ResultTable table) {
    List<Comparator<List<String>>> exact = new ArrayList<>();
    List<Comparator<List<String>>> floats = new ArrayList<>();
    for (int i = 0; i < table.names().size(); i++) {
      int column = i;
      if (table.isFloat(column)) {
        floats.add(Comparator.comparing(row -> number(row.get(column))));
      } else {
        exact.add(Comparator.comparing(row -> row.get(column)));
      }
    }
    Comparator<List<String>> order =
        Stream.concat(exact.stream(), floats.stream())
            .reduce(Comparator::thenComparing)
            .orElseThrow();
    return table.rows().stream().sorted(order).toList();
  }

  private static double number(String text) {
    return text.equals(ResultTable.NULL) ? Double.NEGATIVE_INFINITY : Double.parseDouble(text);
  }

  private static String rowDifference(
      int index, List<List<String>> ours, List<List<String>> reference) {
    return "row %d is %s, expected %s"
        .formatted(index + 1, show(ours.get(index)), show(reference.get(index)));
  }

  private static String show(List<String> row) {
    return row.stream()
        .map(value -> value.equals(ResultTable.NULL) ? "NULL" : value)
        .toList()
        .toString();
  }
}
