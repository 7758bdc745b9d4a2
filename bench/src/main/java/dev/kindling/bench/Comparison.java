package dev.kindling.bench;

import static java.util.Objects.requireNonNull;

import dev.kindling.bench.engine.EngineProcess.EngineFailure;
import dev.kindling.bench.engine.Ordering;
import dev.kindling.bench.engine.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether two engines gave the same answer to a query: the same column names and types, the same
 * rows value by value, and the same order in the columns that the query sorts by. Rows that are
 * equal in those columns may stand in any order, as SQL leaves it open; where a LIMIT cuts through
 * such rows, either engine may keep any of them, so the results without the LIMIT have to agree.
 *
 * <p>Floating point numbers count as equal within a relative difference of {@value #TOLERANCE}: the
 * sum of such numbers depends on the order in which an engine meets them.
 *
 * @param difference the first one, in words; empty when there is none
 * @param tied whether a LIMIT cut through equal rows, so that all rows were compared
 */
record Comparison(Optional<String> difference, boolean tied) {
  static final double TOLERANCE = 1e-9;

  /** Runs a query on one of the engines. */
  @FunctionalInterface
  interface Runner {
    ResultTable run(String sql) throws EngineFailure;
  }

  Comparison {
    requireNonNull(difference, "difference is null");
  }

  /**
   * Compares two results of a query.
   *
   * @param ourEngine runs the query again, without its LIMIT
   * @param referenceEngine likewise
   */
  static Comparison of(
      Workload.Query query,
      Ordering ordering,
      ResultTable ours,
      ResultTable reference,
      Runner ourEngine,
      Runner referenceEngine)
      throws EngineFailure {
    Optional<String> difference = difference(ordering, ours, reference);
    boolean mayBeTied =
        difference.isPresent()
            && query.limited()
            && firstRowsDifference(ordering, ours, reference).isEmpty();
    if (!mayBeTied) {
      return new Comparison(difference, false);
    }
    ResultTable all = referenceEngine.run(query.unlimited());
    return new Comparison(
        difference(ordering, ourEngine.run(query.unlimited()), all)
            .or(
                () ->
                    notAmong(ours, all)
                        .map(row -> "the first rows have " + row + ", which is none of them")),
        true);
  }

  /** The first difference, in words; empty when there is none. */
  static Optional<String> difference(Ordering ordering, ResultTable ours, ResultTable reference) {
    return firstRowsDifference(ordering, ours, reference)
        .or(
            () -> {
              int[] columns = IntStream.range(0, ours.names().size()).toArray();
              List<List<String>> sorted = sorted(ours);
              List<List<String>> expected = sorted(reference);
              for (int i = 0; i < sorted.size(); i++) {
                if (!equal(ours, sorted.get(i), expected.get(i), columns)) {
                  return Optional.of("rows, when sorted: " + rowDifference(i, sorted, expected));
                }
              }
              return Optional.empty();
            });
  }

  /** The first difference that even the choice among equal rows does not excuse. */
  private static Optional<String> firstRowsDifference(
      Ordering ordering, ResultTable ours, ResultTable reference) {
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
    int[] keys = ordering.keys().stream().mapToInt(Integer::intValue).toArray();
    for (int i = 0; i < ours.rows().size(); i++) {
      if (!equal(ours, ours.rows().get(i), reference.rows().get(i), keys)) {
        return Optional.of("order: " + rowDifference(i, ours.rows(), reference.rows()));
      }
    }
    return Optional.empty();
  }

  /** A row of {@code few} that is not among {@code all}, each of which is taken once. */
  private static Optional<String> notAmong(ResultTable few, ResultTable all) {
    Map<List<String>, Integer> open = new HashMap<>();
    all.rows().forEach(row -> open.merge(exact(all, row), 1, Integer::sum));
    for (List<String> row : few.rows()) {
      if (open.merge(exact(few, row), -1, Integer::sum) < 0) {
        return Optional.of(show(row));
      }
    }
    return Optional.empty();
  }

  private static List<String> exact(ResultTable table, List<String> row) {
    return IntStream.range(0, row.size())
        .filter(column -> !table.isFloat(column))
        .mapToObj(row::get)
        .toList();
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
