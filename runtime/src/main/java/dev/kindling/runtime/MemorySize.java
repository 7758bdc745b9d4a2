package dev.kindling.runtime;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount of memory as people write it: {@code 4g}, {@code 512m}, {@code 1.5GB}. */
public final class MemorySize {
  // Below this, neither engine can hold its own working structures.
  private static final long SMALLEST = 64L << 20;
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,3})?)\\s*([kmgt]?)(?:i?b)?", Pattern.CASE_INSENSITIVE);

  private MemorySize() {}

  /**
   * The size in bytes; a unit counts in steps of 1024 and no unit means bytes.
   *
   * @param what where the text comes from, for the message, such as {@code --memory}
   * @throws KindlingException USAGE for another form, or less than 64 MiB
   */
  public static long parse(String text, String what) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Cannot read %s '%s': expected a number with a unit, such as 512m, 4g or 1.5g."
              .formatted(what, text));
    }
    int power = "kmgt".indexOf(matcher.group(2).toLowerCase(Locale.ROOT)) + 1;
    double bytes =
        Double.parseDouble(matcher.group(1))
            * (matcher.group(2).isEmpty() ? 1 : Math.pow(1024, power));
    if (bytes < SMALLEST) {
      throw new KindlingException(
          ErrorCode.USAGE, "%s '%s' is too small: at least 64m is needed.".formatted(what, text));
    }
    return (long) bytes;
  }

  /** A size for people: {@code 1.5 GB}. */
  public static String show(long bytes) {
    String[] units = {"B", "KB", "MB", "GB", "TB"};
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
