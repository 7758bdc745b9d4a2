package dev.kindling.model.pipeline;

/** Names as Spark's parser takes them without quotes. */
final class Names {
  /** A table's name is also a folder's. */
  static final int MAX_LENGTH = 128;

  private Names() {}

  static boolean isIdentifier(String name) {
    if (name.isEmpty() || name.length() > MAX_LENGTH || isDigit(name.charAt(0))) {
      return false;
    }
    return name.codePoints().allMatch(c -> c == '_' || isDigit(c) || Character.isLetter(c));
  }

  /** Whether a text is written like a call of a function: {@code current_date()}. */
  static boolean looksLikeCall(String text) {
    int open = text.indexOf('(');
    return open > 0 && text.indexOf(')') > open && isIdentifier(text.substring(0, open));
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
