package dev.kindling.doctor.facts;

import java.util.Arrays;

/**
 * How a figure spreads over tasks; all 0 over no tasks.
 *
 * @param median half of the tasks have no more
 * @param ninetieth nine in ten of the tasks have no more
 */
public record Spread(int tasks, long sum, long median, long ninetieth, long max) {
  static Spread of(long[] values) {
    if (values.length == 0) {
      return new Spread(0, 0, 0, 0, 0);
    }
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    long sum = 0;
    for (long value : sorted) {
      sum += value;
    }
    return new Spread(
        sorted.length,
        sum,
        sorted[(sorted.length - 1) / 2],
        sorted[(sorted.length - 1) * 9 / 10],
        sorted[sorted.length - 1]);
  }

  /** How many times the median the largest is; 1 where nothing is large, or the median is 0. */
  public double skew() {
    return median == 0 ? 1 : (double) max / median;
  }
}
