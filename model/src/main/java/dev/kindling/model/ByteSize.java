package dev.kindling.model;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Amounts of bytes as people write them: {@code 4g}, {@code 512m}, {@code 1.5GB}, {@code 1TB}. A
 * unit counts in steps of 1024, with or without an {@code i}, as it does in Spark's settings.
 */
public final class ByteSize {
  public static final long KIB = 1L << 10;
  public static final long MIB = 1L << 20;
  public static final long GIB = 1L << 30;
  public static final long TIB = 1L << 40;

  private static final String UNITS = "kmgtp";
  // Far more than any store holds, and far from where a long ends.
  private static final double MOST = 1L << 60;
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{1,15}(?:\\.\\d{1,3})?)\\s*([" + UNITS + "]?)(?:i?b)?", Pattern.CASE_INSENSITIVE);

  private ByteSize() {}

  /**
   * The amount in bytes; no unit means bytes.
   *
   * @param what where the text comes from, for the message, such as {@code --memory}
   * @throws KindlingException USAGE for another form, or an amount from 1024 PB on
   */
  public static long parse(String text, String what) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Cannot read %s '%s': expected a number with a unit, such as 512m, 4g or 1.5g."
              .formatted(what, text));
    }
    int power =
        matcher.group(2).isEmpty()
            ? 0
            : UNITS.indexOf(matcher.group(2).toLowerCase(Locale.ROOT)) + 1;
    double bytes = Double.parseDouble(matcher.group(1)) * Math.pow(1024, power);
    if (bytes >= MOST) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "%s '%s' is too large: less than 1024p is accepted.".formatted(what, text));
    }
    return (long) bytes;
  }

  /** An amount for people: {@code 1.5 GB}. */
  public static String show(long bytes) {
    String[] units = {"B", "KB", "MB", "GB", "TB", "PB"};
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < units.length - 1) {
      size /= 1024;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, size < 10 ? "%.1f %s" : "%.0f %s", size, units[unit]);
  }
}
