package dev.kindling.model.record;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * A figure that is outside of its band: far from what it was in the runs before.
 *
 * @param value what it is now, in the unit of its {@link Figure.Kind}
 * @param low the lower end of the band
 * @param high the upper end of the band
 * @param runs how many earlier runs the band is made of
 */
public record UnusualFigure(Figure figure, double value, double low, double high, int runs) {
  public UnusualFigure {
    requireNonNull(figure, "figure is null");
  }

  /** A sentence, such as {@code 12 rows, where the last 9 runs lead to expect 900 to 1,100}. */
  public String text() {
    return "%s, where the last %d runs lead to expect %s to %s"
        .formatted(found(), runs, amount(low), amount(high));
  }

  private String found() {
    String amount = amount(value);
    return switch (figure.kind()) {
      case ROWS -> amount + (value == 1 ? " row" : " rows");
      case NULL_SHARE -> amount + " of column '" + figure.subject() + "' is NULL";
      case VIOLATIONS ->
          amount + (value == 1 ? " row breaks '" : " rows break '") + figure.subject() + "'";
      case TIME -> "it took " + amount;
    };
  }

  private String amount(double number) {
    return switch (figure.kind()) {
      case ROWS, VIOLATIONS -> String.format(Locale.ROOT, "%,d", Math.round(number));
      case NULL_SHARE -> String.format(Locale.ROOT, "%.1f %%", number * 100);
      case TIME -> String.format(Locale.ROOT, "%.1f s", number / 1000);
    };
  }
}
