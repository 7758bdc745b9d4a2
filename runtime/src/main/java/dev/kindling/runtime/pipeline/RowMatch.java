package dev.kindling.runtime.pipeline;

import dev.kindling.runtime.compare.NearNumbers;
import dev.kindling.runtime.pipeline.TestOutcome.RowDifference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds which expected rows are there. What is left on both sides is paired by likeness, so that a
 * difference is told by its cells.
 */
final class RowMatch {
  // Pairs are looked for among so many rows of each side: beyond that nobody reads them.
  private static final int PAIRED = 200;

  private final Set<Integer> near;
  private final List<List<Optional<String>>> expected;
  private final List<List<Optional<String>>> found;

  /**
   * @param near the places of columns whose last digits Spark itself leaves open
   */
  RowMatch(
      List<List<Optional<String>>> expected,
      List<List<Optional<String>>> found,
      Set<Integer> near) {
    this.expected = expected;
    this.found = found;
    this.near = near;
  }

  /** The differences when the order counts: row by row. */
  List<RowDifference> inOrder() {
    List<RowDifference> differences = new ArrayList<>();
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
  List<RowDifference> inAnyOrder() {
    List<Integer> lost = new ArrayList<>();
    List<Integer> left = unmatched(lost);
    Map<Integer, Integer> pairs = pairs(lost, left);
    List<RowDifference> differences = new ArrayList<>();
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
    Map<List<Optional<String>>, List<Integer>> open = new HashMap<>();
    for (int i = 0; i < found.size(); i++) {
      open.computeIfAbsent(exact(found.get(i)), key -> new ArrayList<>()).add(i);
    }
    for (int i = 0; i < expected.size(); i++) {
      List<Optional<String>> row = expected.get(i);
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
  private List<Optional<String>> exact(List<Optional<String>> row) {
    List<Optional<String>> cells = new ArrayList<>();
    for (int c = 0; c < row.size(); c++) {
      if (!near.contains(c)) {
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

  private int likeness(List<Optional<String>> a, List<Optional<String>> b) {
    int same = 0;
    for (int c = 0; c < a.size(); c++) {
      same += same(a.get(c), b.get(c), c) ? 1 : 0;
    }
    return same;
  }

  private boolean same(List<Optional<String>> a, List<Optional<String>> b) {
    return likeness(a, b) == a.size();
  }

  private boolean same(Optional<String> a, Optional<String> b, int column) {
    if (a.equals(b)) {
      return true;
    }
    return near.contains(column)
        && a.isPresent()
        && b.isPresent()
        && NearNumbers.of(a.get()).isNear(NearNumbers.of(b.get()));
  }

  private RowDifference missing(int row) {
    return new RowDifference(row + 1, Optional.of(expected.get(row)), Optional.empty());
  }

  private RowDifference unexpected(int row) {
    return new RowDifference(row + 1, Optional.empty(), Optional.of(found.get(row)));
  }

  private RowDifference changed(int row, int other) {
    return new RowDifference(
        row + 1, Optional.of(expected.get(row)), Optional.of(found.get(other)));
  }
}
