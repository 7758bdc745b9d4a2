package dev.kindling.model.report;

import java.util.Locale;

/** Numbers, sizes and times as people read them. */
final class Amounts {
  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

  private Amounts() {}

  /** {@code 99,871}. */
  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 row}, {@code 2 rows}. */
  static String count(long count, String one) {
    return number(count) + " " + one + (count == 1 ? "" : "s");
  }

  /** {@code 5.3 MB}: units of 1,000. */
  static String bytes(long bytes) {
    if (bytes < 1000) {
      return number(bytes) + " B";
    }
    double amount = bytes;
    int unit = -1;
    while (amount >= 999.5 && unit < UNITS.length - 1) {
      amount /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, amount < 9.95 ? "%.1f %s" : "%.0f %s", amount, UNITS[unit]);
  }

  /** {@code 412 ms}, {@code 1.25 s}, {@code 2 min 03 s}, {@code 1 h 02 min}. */
  static String time(long millis) {
    if (millis < 1000) {
      return millis + " ms";
    }
    if (millis < 59_995) {
      return String.format(Locale.ROOT, millis < 9_995 ? "%.2f s" : "%.1f s", millis / 1000.0);
    }
    long seconds = (millis + 500) / 1000;
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
  }
}
