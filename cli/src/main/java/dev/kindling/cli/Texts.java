package dev.kindling.cli;

import java.util.Locale;

/** Numbers for people. */
final class Texts {
  private Texts() {}

  /** {@code 1 row}, {@code 1,234 rows}. */
  static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }

  /** {@code 12 ms}, {@code 3.4 s}, {@code 2 min 5 s}. */
  static String millis(long millis) {
    if (millis < 1000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    return millis / 60_000 + " min " + (millis % 60_000) / 1000 + " s";
  }
}
