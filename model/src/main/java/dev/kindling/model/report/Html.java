package dev.kindling.model.report;

/**
 * An HTML page under construction. Text of users goes through {@link #text} or {@link #name}, which
 * leave nothing that a browser could take for markup.
 */
final class Html {
  private final StringBuilder out = new StringBuilder(16_384);

  /** Adds markup as it is: never text of a user's. */
  Html markup(String html) {
    out.append(html);
    return this;
  }

  /** Adds text. */
  Html text(String text) {
    escape(text, out);
    return this;
  }

  /** Adds a name, kept from changing the direction of the text around it. */
  Html name(String name) {
    return markup("<bdi>").text(name).markup("</bdi>");
  }

  /** Adds an element with a class and a text. */
  Html element(String tag, String cssClass, String text) {
    markup("<").markup(tag).markup(" class=\"").markup(cssClass).markup("\">");
    return text(text).markup("</").markup(tag).markup(">");
  }

  /** Adds an element with a text. */
  Html element(String tag, String text) {
    return markup("<" + tag + ">").text(text).markup("</" + tag + ">");
  }

  /** The beginning of a text that is longer than so many characters, with a sign that it is cut. */
  static String shortened(String text, int most) {
    return text.length() <= most || text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }

  /** The beginning of a text that takes at most so many bytes on the page, with a sign if cut. */
  static String fitting(String text, int bytes) {
    int taken = 0;
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      taken += bytes(text.codePointAt(i));
      if (taken > bytes) {
        return text.substring(0, i) + "…";
      }
    }
    return text;
  }

  private static int bytes(int codePoint) {
    return switch (codePoint) {
      case '&', '\'' -> 5;
      case '<', '>' -> 4;
      case '"' -> 6;
      default -> codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    };
  }

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    escape(text, escaped);
    return escaped.toString();
  }

  private static void escape(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        case '\n', '\t' -> out.append(c);
        default -> {
          boolean pair = Character.isHighSurrogate(c) && i + 1 < text.length();
          if (pair && Character.isLowSurrogate(text.charAt(i + 1))) {
            out.append(c).append(text.charAt(++i));
          } else {
            // HTML has no control characters, and half a character cannot be written as UTF-8.
            boolean shown = !Character.isISOControl(c) && !Character.isSurrogate(c);
            out.append(shown ? c : '\uFFFD');
          }
        }
      }
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
