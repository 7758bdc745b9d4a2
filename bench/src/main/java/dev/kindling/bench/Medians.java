package dev.kindling.bench;

import java.time.Duration;
import java.util.List;

/** Medians: one disturbed round does not move them. */
final class Medians {
  private Medians() {}

  /** The middle value, or the mean of the two middle ones. */
  static double of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no values");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
