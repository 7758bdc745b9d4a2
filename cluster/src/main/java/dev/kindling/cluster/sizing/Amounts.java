package dev.kindling.cluster.sizing;

import dev.kindling.model.ByteSize;
import java.util.Locale;

/** Numbers in texts and in settings. */
public final class Amounts {
  private Amounts() {}

  /** {@code 19,456 MB}: what formulas calculate with. */
  public static String mb(long bytes) {
    return String.format(Locale.ROOT, "%,d MB", bytes / ByteSize.MIB);
  }

  /** {@code 21 GB}, {@code 20.9 GB}; below 1 GB in MB. */
  public static String gb(long bytes) {
    if (bytes < ByteSize.GIB) {
      return mb(bytes);
    }
    return bytes % ByteSize.GIB == 0
        ? String.format(Locale.ROOT, "%,d GB", bytes / ByteSize.GIB)
        : String.format(Locale.ROOT, "%,.1f GB", (double) bytes / ByteSize.GIB);
  }

  /** As Spark's settings take it: {@code 19g}, {@code 1946m}. */
  public static String setting(long bytes) {
    if (bytes % ByteSize.GIB == 0) {
      return bytes / ByteSize.GIB + "g";
    }
    return bytes % ByteSize.MIB == 0 ? bytes / ByteSize.MIB + "m" : bytes + "b";
  }

  /** {@code 0.1}, {@code 0.07}. */
  public static String factor(double factor) {
    return String.format(Locale.ROOT, "%.3f", factor).replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  /** {@code 8,192}. */
  public static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 node}, {@code 10 nodes}. */
  public static String count(long number, String noun) {
    return number(number) + " " + noun + (number == 1 ? "" : "s");
  }
}
