package dev.kindling.embedded.read;

import java.util.Arrays;

/**
 * The texts of a column that mean the same value to Spark and to DuckDB. {@link #matches} is asked
 * for each field of a file, so it looks at bytes and allocates nothing.
 */
final class FieldShape {
  private enum Kind {
    TEXT,
    INTEGER,
    DECIMAL,
    FLOATING,
    BOOLEAN,
    DATE,
    TIMESTAMP,
    CONVERTED
  }

  // Longer texts of digits are left to Spark's code: DuckDB's FLOAT would overflow.
  private static final int LONGEST_FLOATING = 30;
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private final Kind kind;
  private final long min;
  private final long max;
  private final int wholeDigits;
  private final int scale;

  private FieldShape(Kind kind, long min, long max, int wholeDigits, int scale) {
    this.kind = kind;
    this.min = min;
    this.max = max;
    this.wholeDigits = wholeDigits;
    this.scale = scale;
  }

  private static FieldShape of(Kind kind) {
    return new FieldShape(kind, 0, 0, 0, 0);
  }

  /** Every text. */
  static FieldShape text() {
    return of(Kind.TEXT);
  }

  /** Whole numbers in a range. */
  static FieldShape integer(long min, long max) {
    return new FieldShape(Kind.INTEGER, min, max, 0, 0);
  }

  /** Numbers that a decimal holds without rounding. */
  static FieldShape decimal(int wholeDigits, int scale) {
    return new FieldShape(Kind.DECIMAL, 0, 0, wholeDigits, scale);
  }

  /** Numbers without exponent. */
  static FieldShape floating() {
    return of(Kind.FLOATING);
  }

  static FieldShape bool() {
    return of(Kind.BOOLEAN);
  }

  /** {@code yyyy-MM-dd} of a day that exists. */
  static FieldShape date() {
    return of(Kind.DATE);
  }

  /** A date and a time of day without zone, in whole or broken seconds up to microseconds. */
  static FieldShape timestamp() {
    return of(Kind.TIMESTAMP);
  }

  /** No text: Spark's code converts them all. */
  static FieldShape converted() {
    return of(Kind.CONVERTED);
  }

  boolean isText() {
    return kind == Kind.TEXT;
  }

  /** Whether the text from {@code from} up to {@code to}, not empty, is of this shape. */
  boolean matches(byte[] text, int from, int to) {
    return kind == Kind.TEXT || end(text, from, to) == to;
  }

  /**
   * The place behind the longest text of this shape that begins at {@code from}, found in one walk
   * over its bytes, for a reader that does not know yet where the field ends. -1 when none begins
   * there, and for shapes whose texts show no end of their own: every text, and no text.
   */
  int end(byte[] text, int from, int limit) {
    return switch (kind) {
      case TEXT, CONVERTED -> -1;
      case INTEGER -> endOfInteger(text, from, limit);
      case DECIMAL -> endOfDecimal(text, from, limit);
      case FLOATING -> endOfFloating(text, from, limit);
      case BOOLEAN -> endOfBoolean(text, from, limit);
      case DATE -> limit - from >= 10 && isDate(text, from) ? from + 10 : -1;
      case TIMESTAMP -> endOfTimestamp(text, from, limit);
    };
  }

  private int endOfInteger(byte[] text, int from, int limit) {
    boolean negative = text[from] == '-';
    int start = negative ? from + 1 : from;
    int i = start;
    long value = 0;
    for (; i < limit; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      // 18 digits cannot overflow.
      if (i - start >= 18 && (i - start > 18 || value > (Long.MAX_VALUE - digit) / 10)) {
        return -1;
      }
      value = value * 10 + digit;
    }
    boolean fits = negative ? -value >= min : value <= max;
    return i > start && fits ? i : -1;
  }

  private int endOfDecimal(byte[] text, int from, int limit) {
    int start = text[from] == '-' ? from + 1 : from;
    int point = behindDigits(text, start, limit);
    int whole = point - start;
    // A scale equal to the precision leaves room for no digit, but a zero fits.
    if (whole == 0 || (whole > wholeDigits && !(whole == 1 && text[start] == '0'))) {
      return -1;
    }
    if (point == limit || text[point] != '.') {
      return point;
    }
    int end = behindDigits(text, point + 1, limit);
    int digits = end - point - 1;
    return digits > 0 && digits <= scale ? end : -1;
  }

  private static int endOfFloating(byte[] text, int from, int limit) {
    int start = text[from] == '-' ? from + 1 : from;
    int end = behindDigits(text, start, limit);
    if (end == start) {
      return -1;
    }
    if (end < limit && text[end] == '.') {
      int point = end;
      end = behindDigits(text, point + 1, limit);
      if (end == point + 1) {
        return -1;
      }
    }
    return end - from <= LONGEST_FLOATING ? end : -1;
  }

  private static int endOfBoolean(byte[] text, int from, int limit) {
    if (startsWith(text, from, limit, TRUE)) {
      return from + TRUE.length;
    }
    return startsWith(text, from, limit, FALSE) ? from + FALSE.length : -1;
  }

  private static boolean startsWith(byte[] text, int from, int limit, byte[] start) {
    return limit - from >= start.length
        && Arrays.equals(text, from, from + start.length, start, 0, start.length);
  }

  private static boolean isDate(byte[] text, int from) {
    if (text[from + 4] != '-' || text[from + 7] != '-') {
      return false;
    }
    int year = two(text, from) * 100 + two(text, from + 2);
    int month = two(text, from + 5);
    int day = two(text, from + 8);
    if (two(text, from) < 0 || two(text, from + 2) < 0 || year < 1 || month < 1 || month > 12) {
      return false;
    }
    int days = DAYS[month - 1];
    if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) {
      days = 29;
    }
    return day >= 1 && day <= days;
  }

  private static int endOfTimestamp(byte[] text, int from, int limit) {
    if (limit - from < 19 || !isDate(text, from)) {
      return -1;
    }
    byte separator = text[from + 10];
    if ((separator != ' ' && separator != 'T')
        || text[from + 13] != ':'
        || text[from + 16] != ':'
        || !isBelow(two(text, from + 11), 24)
        || !isBelow(two(text, from + 14), 60)
        || !isBelow(two(text, from + 17), 60)) {
      return -1;
    }
    int point = from + 19;
    if (point == limit || text[point] != '.') {
      return point;
    }
    int end = behindDigits(text, point + 1, limit);
    int digits = end - point - 1;
    return digits >= 1 && digits <= 6 ? end : -1;
  }

  private static int behindDigits(byte[] text, int from, int limit) {
    int i = from;
    while (i < limit && isDigit(text[i])) {
      i++;
    }
    return i;
  }

  private static boolean isBelow(int value, int limit) {
    return value >= 0 && value < limit;
  }

  /** The number that two digits make; a negative one when they are not digits. */
  private static int two(byte[] text, int at) {
    return isDigit(text[at]) && isDigit(text[at + 1])
        ? (text[at] - '0') * 10 + text[at + 1] - '0'
        : Integer.MIN_VALUE / 200;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
