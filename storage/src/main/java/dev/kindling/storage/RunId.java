package dev.kindling.storage;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The name of one run, such as {@code 20261121-021500-a1b2}: the UTC time it started, to the
 * second, and four hexadecimal digits. Names sort by the time of their making.
 *
 * @param value the name; letters, digits and hyphens only, so it can be part of any file name
 */
public record RunId(String value) implements Comparable<RunId> {
  private static final Pattern SHAPE = Pattern.compile("\\d{8}-\\d{6}-[0-9a-f]{4}");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  /** 1000 milliseconds times 65 fit into four hexadecimal digits, so the suffix sorts by time. */
  private static final int DRAWS_PER_MILLISECOND = 65;

  /** The millisecond of the newest id, since 1970. */
  private static long newest = Long.MIN_VALUE;

  public RunId {
    requireNonNull(value, "value is null");
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "Not a run id: '" + value + "' (accepted: such as 20261121-021500-a1b2)");
    }
  }

  /** Whether a text, such as a file name, is a run id. */
  public static boolean isValid(String text) {
    return SHAPE.matcher(text).matches();
  }

  /**
   * A new id, later in order than every other one that this process made, also when the clock is
   * set back meanwhile.
   */
  public static synchronized RunId next(Clock clock) {
    newest = Math.max(clock.millis(), newest + 1);
    return draw(Instant.ofEpochMilli(newest));
  }

  private static RunId draw(Instant time) {
    int milliseconds = time.getNano() / 1_000_000;
    int suffix =
        milliseconds * DRAWS_PER_MILLISECOND
            + ThreadLocalRandom.current().nextInt(DRAWS_PER_MILLISECOND);
    return new RunId(SECONDS.format(time) + "-" + String.format("%04x", suffix));
  }

  @Override
  public int compareTo(RunId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
