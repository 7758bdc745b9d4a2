package dev.kindling.model.history;

import dev.kindling.model.record.Figure;
import java.util.List;
import java.util.Optional;

/**
 * Where a figure is to be expected, by what it was before: {@code median ± 3.5 / 0.6745 · MAD},
 * where MAD is the median of the distances from the median. This is the rule of the modified
 * z-score with the limit of 3.5 that B. Iglewicz and D. Hoaglin recommend ("How to Detect and
 * Handle Outliers", ASQC Basic References in Quality Control 16, 1993); unlike mean and standard
 * deviation it does not follow the few odd values that it is to find. Where more than half of the
 * values are alike, the MAD is 0 and their rule takes the mean of the distances, times 1.2533, in
 * the place of MAD / 0.6745.
 *
 * <p>A band is never narrower than what nobody would call unusual, which is Kindling's own choice:
 * a tenth of the median for rows and violations, one per cent of the rows for NULL, half of the
 * median and one second for time.
 *
 * @param low its lower end, never below 0
 * @param high its upper end
 * @param runs how many values it is made of
 */
public record Band(double low, double high, int runs) {
  /** With fewer values than this there is no band. */
  public static final int FEWEST_RUNS = 7;

  /** More values than this, older ones, say nothing about today. */
  public static final int MOST_RUNS = 20;

  private static final double LIMIT = 3.5;
  private static final double MAD_OF_NORMAL = 0.6745;
  private static final double NORMAL_PER_MEAN_DISTANCE = 1.2533;

  /** The band that values make; empty when they are too few. */
  public static Optional<Band> of(Figure.Kind kind, List<Double> values) {
    if (values.size() < FEWEST_RUNS) {
      return Optional.empty();
    }
    double middle = median(values);
    List<Double> distances = values.stream().map(value -> Math.abs(value - middle)).toList();
    double mad = median(distances);
    double deviation =
        mad > 0
            ? mad / MAD_OF_NORMAL
            : NORMAL_PER_MEAN_DISTANCE
                * distances.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    double half = Math.max(LIMIT * deviation, narrowest(kind, middle));
    return Optional.of(new Band(Math.max(0, middle - half), middle + half, values.size()));
  }

  private static double narrowest(Figure.Kind kind, double middle) {
    return switch (kind) {
      case ROWS -> middle / 10;
      case VIOLATIONS -> Math.max(1, middle / 10);
      case NULL_SHARE -> 0.01;
      case TIME -> Math.max(1000, middle / 2);
    };
  }

  /** Whether a value is outside. Fewer violations and less time are no news. */
  boolean excludes(Figure.Kind kind, double value) {
    boolean below =
        switch (kind) {
          case ROWS, NULL_SHARE -> value < low;
          case VIOLATIONS, TIME -> false;
        };
    return below || value > high;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
