package dev.kindling.doctor.finding;

import java.util.Locale;

/** Figures as a person reads them. */
final class Words {
  private Words() {}

  static String millis(long millis) {
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 120_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
    }
    return String.format(Locale.ROOT, "%.1f min", millis / 60_000.0);
  }

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String times(double factor) {
    return String.format(Locale.ROOT, factor < 10 ? "%.1f" : "%.0f", factor);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
