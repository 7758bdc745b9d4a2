package dev.kindling.embedded.translate;

/** Strings as JSON spells them. */
public final class JsonText {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private JsonText() {}

  /** A string in double quotes. */
  public static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    quote(text, out);
    return out.toString();
  }

  /** Appends a string in double quotes. */
  public static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
