package dev.kindling.bench.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The order that a query asks for its result.
 *
 * @param keys the places of the output columns that it sorts by, the first one first; those from
 *     the first key on that is no output column are left out, as nobody can see that order
 */
public record Ordering(List<Integer> keys) {
  /** The order of a query without ORDER BY. */
  public static final Ordering NONE = new Ordering(List.of());

  public Ordering {
    keys = List.copyOf(keys);
  }

  /** The order from its text. */
  static Ordering parse(String text) {
    return text.isEmpty()
        ? NONE
        : new Ordering(Arrays.stream(text.split(",")).map(Integer::valueOf).toList());
  }

  /** The places, parted by commas. */
  String text() {
    List<String> places = new ArrayList<>();
    keys.forEach(key -> places.add(key.toString()));
    return String.join(",", places);
  }
}
