package dev.kindling.model.pipeline;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Literals of Spark SQL, as far as parameters need them. */
final class SqlLiterals {
  // What may stand before a quoted text: DATE'2026-01-01'.
  private static final Set<String> TYPED =
      Set.of("DATE", "TIMESTAMP", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIME", "INTERVAL", "X", "R");
  private static final Set<String> WORDS = Set.of("TRUE", "FALSE", "NULL");
  private static final String NUMBER_SUFFIXES = "LSYDF";

  private SqlLiterals() {}

  /** A string as a literal, with what would end it escaped. */
  static String quote(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** Whether a text is a quoted literal, with a type name before it or not. */
  static boolean isQuoted(String text) {
    int quote = openingQuote(text);
    return quote >= 0 && closingQuote(text, quote) == text.length() - 1;
  }

  /** Whether a text is a literal of Spark SQL: a number, TRUE, a quoted text, an interval. */
  static boolean isLiteral(String text) {
    return isQuoted(text) || isNumber(text) || isWord(text) || isInterval(text);
  }

  /** TRUE, FALSE or NULL in any case. */
  static boolean isWord(String text) {
    return text.length() <= 5 && WORDS.contains(text.toUpperCase(Locale.ROOT));
  }

  /** The type name before a quoted literal, such as DATE, in upper case. */
  static Optional<String> typeName(String literal) {
    int quote = openingQuote(literal);
    return quote > 0
        ? Optional.of(literal.substring(0, quote).strip().toUpperCase(Locale.ROOT))
        : Optional.empty();
  }

  /** The value of a literal without quotes, escapes and type name. */
  static String text(String literal) {
    int quote = openingQuote(literal);
    if (quote < 0) {
      return literal;
    }
    char mark = literal.charAt(quote);
    boolean raw = typeName(literal).filter("R"::equals).isPresent();
    StringBuilder out = new StringBuilder();
    for (int i = quote + 1; i < literal.length() - 1; i++) {
      char c = literal.charAt(i);
      boolean escapes = (c == '\\' && !raw) || (c == mark && literal.charAt(i + 1) == mark);
      if (escapes && i + 1 < literal.length() - 1) {
        c = literal.charAt(++i);
      }
      out.append(c);
    }
    return out.toString();
  }

  /** A date as YAML and people write it: 2026-01-31. */
  static boolean isDate(String text) {
    if (text.length() != 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return false;
    }
    for (int i = 0; i < 10; i++) {
      if (i != 4 && i != 7 && !isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean isNumber(String text) {
    int end = text.length();
    int i = 0;
    if (i < end && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
      i++;
    }
    int digits = 0;
    boolean point = false;
    while (i < end && (isDigit(text.charAt(i)) || (text.charAt(i) == '.' && !point))) {
      digits += isDigit(text.charAt(i)) ? 1 : 0;
      point |= text.charAt(i) == '.';
      i++;
    }
    if (digits == 0) {
      return false;
    }
    if (i + 1 < end && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
      int exponent = i + 1;
      if (text.charAt(exponent) == '-' || text.charAt(exponent) == '+') {
        exponent++;
      }
      int from = exponent;
      while (exponent < end && isDigit(text.charAt(exponent))) {
        exponent++;
      }
      if (exponent == from) {
        return false;
      }
      i = exponent;
    }
    String suffix = text.substring(i).toUpperCase(Locale.ROOT);
    return suffix.isEmpty()
        || suffix.equals("BD")
        || (suffix.length() == 1 && NUMBER_SUFFIXES.contains(suffix));
  }

  private static boolean isInterval(String text) {
    return text.length() > 9 && text.regionMatches(true, 0, "INTERVAL ", 0, 9);
  }

  private static int openingQuote(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '"') {
        String before = text.substring(0, i).strip().toUpperCase(Locale.ROOT);
        return before.isEmpty() || TYPED.contains(before) ? i : -1;
      }
    }
    return -1;
  }

  private static int closingQuote(String text, int opening) {
    char mark = text.charAt(opening);
    for (int i = opening + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == mark) {
        if (i + 1 < text.length() && text.charAt(i + 1) == mark) {
          i++;
        } else {
          return i;
        }
      }
    }
    return -1;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
