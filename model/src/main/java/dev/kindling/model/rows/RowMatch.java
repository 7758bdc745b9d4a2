package dev.kindling.model.rows;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds which expected rows are there. What is left on both sides is paired by likeness, so that a
 * difference is told by its cells.
 *
 * @param <C> a cell, never null
 */
public final class RowMatch<C> {
  // Pairs are looked for among so many rows of each side: beyond that nobody reads them.
  private static final int PAIRED = 200;

  private final Sameness<C> sameness;
  private final List<List<C>> expected;
  private final List<List<C>> found;

  /** All rows have the same columns. */
  public RowMatch(List<List<C>> expected, List<List<C>> found, Sameness<C> sameness) {
    this.expected = requireNonNull(expected, "expected is null");
    this.found = requireNonNull(found, "found is null");
    this.sameness = requireNonNull(sameness, "sameness is null");
  }

  /** The differences when the order counts: row by row. */
  public List<RowDifference<C>> inOrder() {
    List<RowDifference<C>> differences = new ArrayList<>();
    for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
      if (i >= found.size()) {
        differences.add(missing(i));
      } else if (i >= expected.size()) {
        differences.add(unexpected(i));
      } else if (!same(expected.get(i), found.get(i))) {
        differences.add(changed(i, i));
      }
    }
    return differences;
  }

  /** The differences when the order does not count: rows as often as they occur. */
  public List<RowDifference<C>> inAnyOrder() {
    List<Integer> lost = new ArrayList<>();
    List<Integer> left = unmatched(lost);
    Map<Integer, Integer> pairs = pairs(lost, left);
    List<RowDifference<C>> differences = new ArrayList<>();
    for (int row : lost) {
      differences.add(pairs.containsKey(row) ? changed(row, pairs.get(row)) : missing(row));
    }
    for (int row : left) {
      if (!pairs.containsValue(row)) {
        differences.add(unexpected(row));
      }
    }
    return differences;
  }

  /** The found rows that nobody expects; the expected ones that are not found go into the list. */
  private List<Integer> unmatched(List<Integer> lost) {
    Map<List<C>, List<Integer>> open = new HashMap<>();
    for (int i = 0; i < found.size(); i++) {
      open.computeIfAbsent(exact(found.get(i)), key -> new ArrayList<>()).add(i);
    }
    for (int i = 0; i < expected.size(); i++) {
      List<C> row = expected.get(i);
      List<Integer> candidates = open.getOrDefault(exact(row), List.of());
      Optional<Integer> match =
          candidates.stream().filter(other -> same(row, found.get(other))).findFirst();
      if (match.isPresent()) {
        candidates.remove(match.get());
      } else {
        lost.add(i);
      }
    }
    return open.values().stream().flatMap(List::stream).sorted().toList();
  }

  // The cells that have to be the same to the last digit.
  private List<C> exact(List<C> row) {
    List<C> cells = new ArrayList<>();
    for (int c = 0; c < row.size(); c++) {
      if (sameness.isExact(c)) {
        cells.add(row.get(c));
      }
    }
    return cells;
  }

  private record Pair(int lost, int left, int likeness) {}

  private Map<Integer, Integer> pairs(List<Integer> lost, List<Integer> left) {
    if (lost.size() == 1 && left.size() == 1) {
      return Map.of(lost.get(0), left.get(0));
    }
    List<Pair> all = new ArrayList<>();
    for (int i : lost.subList(0, Math.min(PAIRED, lost.size()))) {
      for (int j : left.subList(0, Math.min(PAIRED, left.size()))) {
        int likeness = likeness(expected.get(i), found.get(j));
        if (likeness * 2 >= expected.get(i).size()) {
          all.add(new Pair(i, j, likeness));
        }
      }
    }
    all.sort(Comparator.comparingInt(Pair::likeness).reversed());
    Map<Integer, Integer> pairs = new HashMap<>();
    for (Pair pair : all) {
      if (!pairs.containsKey(pair.lost()) && !pairs.containsValue(pair.left())) {
        pairs.put(pair.lost(), pair.left());
      }
    }
    return pairs;
  }

  private int likeness(List<C> a, List<C> b) {
    int same = 0;
    for (int c = 0; c < a.size(); c++) {
      same += same(a.get(c), b.get(c), c) ? 1 : 0;
    }
    return same;
  }

  private boolean same(List<C> a, List<C> b) {
    return likeness(a, b) == a.size();
  }

  private boolean same(C a, C b, int column) {
    return a.equals(b) || (!sameness.isExact(column) && sameness.isSame(a, b, column));
  }

  private RowDifference<C> missing(int row) {
    return new RowDifference<>(row + 1, Optional.of(expected.get(row)), Optional.empty());
  }

  private RowDifference<C> unexpected(int row) {
    return new RowDifference<>(row + 1, Optional.empty(), Optional.of(found.get(row)));
  }

  private RowDifference<C> changed(int row, int other) {
    return new RowDifference<>(
        row + 1, Optional.of(expected.get(row)), Optional.of(found.get(other)));
  }
}
