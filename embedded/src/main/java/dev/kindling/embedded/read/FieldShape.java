package dev.kindling.embedded.read;

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
    return switch (kind) {
      case TEXT -> true;
      case INTEGER -> isInteger(text, from, to);
      case DECIMAL -> isDecimal(text, from, to);
      case FLOATING -> isFloating(text, from, to);
      case BOOLEAN -> isBoolean(text, from, to);
      case DATE -> to - from == 10 && isDate(text, from);
      case TIMESTAMP -> isTimestamp(text, from, to);
      case CONVERTED -> false;
    };
  }

  private boolean isInteger(byte[] text, int from, int to) {
    int i = from;
    boolean negative = text[i] == '-';
    if (negative) {
      i++;
    }
    // 18 digits cannot overflow; longer ones are rare enough to be taken apart slowly.
    if (i == to || to - i > 18) {
      return to - i == 19 && isLong(text, i, to, negative);
    }
    long value = 0;
    for (; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      value = value * 10 + digit;
    }
    return negative ? -value >= min : value <= max;
  }

  private boolean isLong(byte[] text, int from, int to, boolean negative) {
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
        return false;
      }
      value = value * 10 + digit;
    }
    return negative ? -value >= min : value <= max;
  }

  private boolean isDecimal(byte[] text, int from, int to) {
    int i = text[from] == '-' ? from + 1 : from;
    int start = i;
    while (i < to && isDigit(text[i])) {
      i++;
    }
    int whole = i - start;
    if (whole == 0) {
      return false;
    }
    // A scale equal to the precision leaves room for no digit, but a zero fits.
    if (whole > wholeDigits && !(whole == 1 && text[start] == '0')) {
      return false;
    }
    if (i == to) {
      return true;
    }
    int digits = to - i - 1;
    if (text[i] != '.' || digits == 0 || digits > scale) {
      return false;
    }
    for (i++; i < to; i++) {
      if (!isDigit(text[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFloating(byte[] text, int from, int to) {
    if (to - from > LONGEST_FLOATING) {
      return false;
    }
    int i = text[from] == '-' ? from + 1 : from;
    int start = i;
    while (i < to && isDigit(text[i])) {
      i++;
    }
    if (i == start) {
      return false;
    }
    if (i == to) {
      return true;
    }
    if (text[i] != '.' || i + 1 == to) {
      return false;
    }
    for (i++; i < to; i++) {
      if (!isDigit(text[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBoolean(byte[] text, int from, int to) {
    int length = to - from;
    if (length == 4) {
      return text[from] == 't'
          && text[from + 1] == 'r'
          && text[from + 2] == 'u'
          && text[from + 3] == 'e';
    }
    return length == 5
        && text[from] == 'f'
        && text[from + 1] == 'a'
        && text[from + 2] == 'l'
        && text[from + 3] == 's'
        && text[from + 4] == 'e';
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

  private static boolean isTimestamp(byte[] text, int from, int to) {
    int length = to - from;
    if (length < 19 || length == 20 || length > 26 || !isDate(text, from)) {
      return false;
    }
    byte separator = text[from + 10];
    if ((separator != ' ' && separator != 'T')
        || text[from + 13] != ':'
        || text[from + 16] != ':') {
      return false;
    }
    if (!isBelow(two(text, from + 11), 24)
        || !isBelow(two(text, from + 14), 60)
        || !isBelow(two(text, from + 17), 60)) {
      return false;
    }
    if (length == 19) {
      return true;
    }
    if (text[from + 19] != '.') {
      return false;
    }
    for (int i = from + 20; i < to; i++) {
      if (!isDigit(text[i])) {
        return false;
      }
    }
    return true;
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
