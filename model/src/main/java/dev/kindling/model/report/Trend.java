package dev.kindling.model.report;

import java.util.List;
import java.util.Locale;

/** A figure over the last runs as a small drawing. */
final class Trend {
  private static final int WIDTH = 160;
  private static final int HEIGHT = 32;
  private static final int MARGIN = 4;

  private Trend() {}

  /**
   * The drawing as an SVG element.
   *
   * @param values at least two, the oldest first
   */
  static String svg(String label, List<Double> values) {
    double low = values.stream().mapToDouble(v -> v).min().orElse(0);
    double high = values.stream().mapToDouble(v -> v).max().orElse(0);
    StringBuilder points = new StringBuilder();
    double x = 0;
    double y = 0;
    for (int i = 0; i < values.size(); i++) {
      x = MARGIN + (double) i * (WIDTH - 2 * MARGIN) / (values.size() - 1);
      // Figures that stay the same run through the middle.
      double share = high > low ? (values.get(i) - low) / (high - low) : 0.5;
      y = HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN);
      points.append(String.format(Locale.ROOT, "%s%.1f,%.1f", i == 0 ? "" : " ", x, y));
    }
    return String.format(
        Locale.ROOT,
        "<svg class=\"trend\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\""
            + " aria-label=\"%s\"><polyline points=\"%s\"/><circle cx=\"%.1f\" cy=\"%.1f\""
            + " r=\"3\"/></svg>",
        WIDTH,
        HEIGHT,
        WIDTH,
        HEIGHT,
        Html.escape(label),
        points,
        x,
        y);
  }
}
