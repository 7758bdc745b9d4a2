package dev.kindling.runtime.compare;

import dev.kindling.runtime.Rows;
import dev.kindling.runtime.script.Guarantees;
import dev.kindling.runtime.script.ResultColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Compares the rows of two engines, as often as they occur, by the text of their cells. */
final class RowComparison {
  private static final int SHOWN = 5;
  // Rows whose hashes are held in memory at a time.
  private static final int BATCH = 1_000_000;

  private final List<ResultColumn> columns;
  private final Rows left;
  private final Rows right;
  private final Guarantees guarantees;
  private final Set<Integer> notKeys;

  /**
   * @param left of the embedded engine
   * @param right of Spark, with the same columns
   */
  RowComparison(List<ResultColumn> columns, Rows left, Rows right, Guarantees guarantees) {
    this.columns = columns;
    this.left = left;
    this.right = right;
    this.guarantees = guarantees;
    notKeys = IntStream.range(0, columns.size()).boxed().collect(Collectors.toSet());
    for (int key : guarantees.orderedBy()) {
      // Sums that differ in their last digits may change places with their neighbours.
      if (guarantees.reassociated().contains(key)) {
        break;
      }
      notKeys.remove(key);
    }
  }

  /**
   * What the rows show.
   *
   * @param verdict EQUAL, DIFFERENT or NOT_COMPARABLE
   * @param lines the first differences, or why nothing can be concluded; empty when equal
   */
  record Outcome(Verdict verdict, List<String> lines) {
    static final Outcome EQUAL = new Outcome(Verdict.EQUAL, List.of());

    static Outcome different(List<String> lines) {
      return new Outcome(Verdict.DIFFERENT, lines);
    }

    static Outcome notComparable(String why) {
      return new Outcome(Verdict.NOT_COMPARABLE, List.of(why));
    }
  }

  Outcome outcome() {
    if (left.count() != right.count()) {
      return Outcome.different(unmatched());
    }
    if (!guarantees.reassociated().isEmpty()) {
      return withTolerance();
    }
    Sums leftSums = sums(left);
    Sums rightSums = sums(right);
    if (leftSums.order != rightSums.order) {
      return Outcome.different(order());
    }
    if (leftSums.sameRows(rightSums)) {
      return Outcome.EQUAL;
    }
    return mayBeTied() ? tied() : Outcome.different(unmatched());
  }

  /**
   * Whether the differences may come from a LIMIT alone: rows that are equal in all sort keys are
   * cut off by chance, in Spark too.
   */
  private boolean mayBeTied() {
    if (!guarantees.limited() || guarantees.orderedBy().isEmpty()) {
      return false;
    }
    // The keys are the same, row by row: so only rows with the last row's keys may differ.
    RowHash key = lastKey();
    Sums leftSums = new Sums();
    Sums rightSums = new Sums();
    left.forEach(row -> addUnlessKey(leftSums, row, key));
    right.forEach(row -> addUnlessKey(rightSums, row, key));
    return leftSums.sameRows(rightSums);
  }

  private RowHash lastKey() {
    RowHash[] last = new RowHash[1];
    left.forEach(row -> last[0] = key(row));
    return last[0];
  }

  private void addUnlessKey(Sums sums, Rows.Row row, RowHash key) {
    if (!key(row).equals(key)) {
      sums.add(hash(row), key(row));
    }
  }

  private static Outcome tied() {
    return Outcome.notComparable(
        "the LIMIT cuts through rows that are equal in what the query sorts by, so that either"
            + " engine may keep any of them: sort by more columns to tell them apart");
  }

  // Exact rows

  /** What does not depend on the order of rows, and one number that does. */
  private static final class Sums {
    private long count;
    private long high;
    private long low;
    private long products;
    private long order;

    void add(RowHash hash, RowHash key) {
      count++;
      high += hash.high();
      low += hash.low();
      products += hash.high() * (hash.low() | 1);
      order = (order ^ key.low()) * 0x9E3779B97F4A7C15L + key.high();
    }

    boolean sameRows(Sums other) {
      return count == other.count
          && high == other.high
          && low == other.low
          && products == other.products;
    }
  }

  private Sums sums(Rows rows) {
    Sums sums = new Sums();
    rows.forEach(row -> sums.add(hash(row), key(row)));
    return sums;
  }

  private RowHash hash(Rows.Row row) {
    return RowHash.of(row, columns.size(), guarantees.reassociated());
  }

  /** The sort keys of a row; of every row the same where no order is asked for. */
  private RowHash key(Rows.Row row) {
    return RowHash.of(row, columns.size(), notKeys);
  }

  private List<String> unmatched() {
    List<String> lines = new ArrayList<>();
    if (left.count() != right.count()) {
      lines.add("embedded has %,d rows, Spark %,d".formatted(left.count(), right.count()));
    }
    long batches = 1 + Math.max(left.count(), right.count()) / BATCH;
    List<String> onlyLeft = new ArrayList<>();
    List<String> onlyRight = new ArrayList<>();
    for (long batch = 0; batch < batches; batch++) {
      unmatched(batch, batches, onlyLeft, onlyRight);
      if (onlyLeft.size() >= SHOWN && onlyRight.size() >= SHOWN) {
        break;
      }
    }
    onlyLeft.forEach(row -> lines.add("only embedded: " + row));
    onlyRight.forEach(row -> lines.add("only Spark:    " + row));
    return lines;
  }

  private void unmatched(long batch, long batches, List<String> onlyLeft, List<String> onlyRight) {
    Map<RowHash, Integer> open = new HashMap<>();
    right.forEach(
        row -> {
          RowHash hash = hash(row);
          if (Long.remainderUnsigned(hash.low(), batches) == batch) {
            open.merge(hash, 1, Integer::sum);
          }
        });
    left.forEach(
        row -> {
          RowHash hash = hash(row);
          if (Long.remainderUnsigned(hash.low(), batches) == batch && !take(open, hash)) {
            if (onlyLeft.size() < SHOWN) {
              onlyLeft.add(text(row));
            }
          }
        });
    right.forEach(
        row -> {
          if (onlyRight.size() < SHOWN && take(open, hash(row))) {
            onlyRight.add(text(row));
          }
        });
  }

  private static boolean take(Map<RowHash, Integer> open, RowHash hash) {
    Integer count = open.get(hash);
    if (count == null) {
      return false;
    }
    if (count == 1) {
      open.remove(hash);
    } else {
      open.put(hash, count - 1);
    }
    return true;
  }

  private List<String> order() {
    List<RowHash> expected = new ArrayList<>();
    right.forEach(row -> expected.add(key(row)));
    List<String> lines = new ArrayList<>();
    int[] index = {0};
    left.forEach(
        row -> {
          if (lines.isEmpty() && !expected.get(index[0]).equals(key(row))) {
            lines.add(
                "from row %d on in another order: embedded has %s there"
                    .formatted(index[0] + 1, text(row)));
          }
          index[0]++;
        });
    return lines;
  }

  // Rows with sums of floating point numbers

  /** A row whose cells are exact but for some numbers. */
  private record Near(RowHash exact, double[] numbers, String text) {}

  private static final Comparator<Near> BY_CELLS =
      Comparator.<Near>comparingLong(row -> row.exact().high())
          .thenComparingLong(row -> row.exact().low())
          .thenComparing(Near::numbers, Arrays::compare);

  private Outcome withTolerance() {
    if (left.count() > BATCH) {
      return Outcome.notComparable(
          "more than %,d rows with sums of floating point numbers: aggregate or limit them first"
              .formatted(BATCH));
    }
    if (sums(left).order != sums(right).order) {
      return Outcome.different(order());
    }
    List<Near> here = near(left);
    List<Near> there = near(right);
    Collections.sort(here, BY_CELLS);
    Collections.sort(there, BY_CELLS);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < here.size() && lines.size() < 2 * SHOWN; i++) {
      if (!isNear(here.get(i), there.get(i))) {
        lines.add("embedded: " + here.get(i).text());
        lines.add("Spark:    " + there.get(i).text());
      }
    }
    if (lines.isEmpty()) {
      return Outcome.EQUAL;
    }
    return mayBeTied() ? tied() : Outcome.different(lines);
  }

  private List<Near> near(Rows rows) {
    List<Integer> numbers = guarantees.reassociated().stream().sorted().toList();
    List<Near> near = new ArrayList<>();
    rows.forEach(
        row -> {
          DoubleStream.Builder values = DoubleStream.builder();
          numbers.forEach(column -> addNumbers(row, column, values));
          near.add(new Near(hash(row), values.build().toArray(), text(row)));
        });
    return near;
  }

  /**
   * The numbers of a cell, which may be one, or an array or a struct with some in it, and what
   * stands around them. NULL gets a value of its own, so that it only equals NULL.
   */
  private static void addNumbers(Rows.Row row, int column, DoubleStream.Builder values) {
    if (row.isNull(column)) {
      values.add(-Double.MAX_VALUE);
      return;
    }
    NearNumbers cell = NearNumbers.of(row.text(column));
    cell.numbers().forEach(values::add);
    values.add(cell.around().hashCode());
  }

  private static boolean isNear(Near a, Near b) {
    if (!a.exact().equals(b.exact()) || a.numbers().length != b.numbers().length) {
      return false;
    }
    for (int i = 0; i < a.numbers().length; i++) {
      if (!NearNumbers.near(a.numbers()[i], b.numbers()[i])) {
        return false;
      }
    }
    return true;
  }

  private String text(Rows.Row row) {
    List<String> cells = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      String cell = row.isNull(c) ? "NULL" : row.text(c);
      cells.add(
          columns.get(c).name() + "=" + (cell.length() > 80 ? cell.substring(0, 80) + "…" : cell));
    }
    return String.join(", ", cells);
  }

  /** The names of some columns. */
  static String names(List<ResultColumn> columns, Set<Integer> indexes) {
    return String.join(", ", indexes.stream().sorted().map(i -> columns.get(i).name()).toList());
  }
}
