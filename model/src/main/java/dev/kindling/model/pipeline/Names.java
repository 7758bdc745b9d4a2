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
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '_' && !isDigit(c) && !isLetter(c)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a text is written like a call of a function: {@code current_date()}. */
  static boolean looksLikeCall(String text) {
    int open = text.indexOf('(');
    return open > 0 && text.indexOf(')') > open && isIdentifier(text.substring(0, open));
  }

  // Spark's parser takes no other letters without quotes.
  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
