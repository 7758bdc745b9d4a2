package dev.kindling.model.pipeline;

import org.yaml.snakeyaml.DumperOptions.ScalarStyle;

/**
 * Finds the characters of a scalar's value in the YAML text that it was made from. YAML takes away
 * indentation, joins lines, and reads escapes; this walks value and text side by side and undoes
 * that. Letters are found exactly; a blank that stands for a line break is put at the break.
 */
final class ScalarPlaces {
  private final int[] raw;
  private final int end;
  private final int[] value;
  private final int[] places;

  private ScalarPlaces(int[] raw, int end, int[] value) {
    this.raw = raw;
    this.end = Math.min(end, raw.length);
    this.value = value;
    this.places = new int[value.length + 1];
  }

  /**
   * @param raw the YAML text
   * @param start the first character of the scalar in it: an anchor, a tag, a quote, a block's
   *     sign, or the value's
   * @param end after the last character of the scalar in it
   * @return for each character of the value, and for its end, the index in the text
   */
  static int[] of(int[] raw, int start, int end, ScalarStyle style, int[] value) {
    ScalarPlaces walk = new ScalarPlaces(raw, end, value);
    int first = walk.afterProperties(start);
    switch (style) {
      case LITERAL -> walk.literal(walk.afterLine(first));
      case FOLDED -> walk.folded(walk.afterLine(first));
      case SINGLE_QUOTED, DOUBLE_QUOTED -> walk.flow(first + 1, style);
      default -> walk.flow(first, style);
    }
    return walk.places;
  }

  /** Anchors and tags stand before a scalar and are taken for its start. */
  private int afterProperties(int from) {
    int at = from;
    while (at < end && (raw[at] == '&' || raw[at] == '!')) {
      while (at < end && raw[at] != ' ' && raw[at] != '\n' && raw[at] != '\r') {
        at++;
      }
      at = afterBlanks(at);
    }
    return at;
  }

  /** Each line of a literal block is the end of a line of the text, after its indentation. */
  private void literal(int from) {
    int lineStart = from;
    int i = 0;
    while (i < value.length) {
      int lineEnd = lineEnd(lineStart);
      int length = 0;
      while (i + length < value.length && value[i + length] != '\n') {
        length++;
      }
      int start = Math.max(lineStart, lineEnd - length);
      for (int k = 0; k <= length && i + k < value.length; k++) {
        places[i + k] = Math.min(start + k, lineEnd);
      }
      i += length + 1;
      places[Math.min(i, value.length)] = lineEnd;
      lineStart = afterLine(lineStart);
    }
    if (value.length > 0) {
      int last = places[value.length - 1];
      places[value.length] = value[value.length - 1] == '\n' ? last : last + 1;
    } else {
      places[0] = Math.min(from, raw.length);
    }
  }

  /**
   * A folded block: line breaks are mostly spaces, more indented lines keep theirs. Blanks are put
   * near their place, letters exactly at it.
   */
  private void folded(int from) {
    int at = from;
    for (int i = 0; i < value.length; i++) {
      if (isBlank(value[i])) {
        places[i] = clamp(at);
        at += at < end && raw[at] == value[i] ? 1 : 0;
      } else {
        at = afterBlanks(at);
        places[i] = clamp(at++);
      }
    }
    places[value.length] = clamp(at);
  }

  /** Plain and quoted scalars: one line break is a space, of several one is left out. */
  private void flow(int from, ScalarStyle style) {
    boolean escapes = style == ScalarStyle.DOUBLE_QUOTED;
    int at = from;
    int i = 0;
    while (i < value.length) {
      if (escapes && isContinuation(at)) {
        int text = afterBlanks(at + 1);
        i = place(i, at, breaks(at + 1, text) - 1);
        at = text;
        continue;
      }
      int text = afterBlanks(at);
      int breaks = breaks(at, text);
      if (breaks > 0) {
        i = place(i, at, Math.max(1, breaks - 1));
        at = text;
        continue;
      }
      i = place(i, at, 1);
      if (escapes && isEscape(at)) {
        at = afterEscape(at);
      } else if (style == ScalarStyle.SINGLE_QUOTED && at < end && raw[at] == '\'') {
        at += 2;
      } else {
        at++;
      }
    }
    places[value.length] = clamp(at);
  }

  /** Gives some characters of the value one place; returns the index of the next character. */
  private int place(int from, int at, int count) {
    int to = Math.min(from + count, value.length);
    for (int i = from; i < to; i++) {
      places[i] = clamp(at);
    }
    return to;
  }

  private static boolean isBlank(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  private int afterBlanks(int from) {
    int at = from;
    while (at < end && isBlank(raw[at])) {
      at++;
    }
    return at;
  }

  private int breaks(int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      boolean first = raw[i] == '\r' || (raw[i] == '\n' && (i == from || raw[i - 1] != '\r'));
      count += first ? 1 : 0;
    }
    return count;
  }

  private int clamp(int at) {
    return Math.max(0, Math.min(at, end));
  }

  private boolean isEscape(int at) {
    return at < end && raw[at] == '\\';
  }

  /** Whether a backslash hides the end of the line. */
  private boolean isContinuation(int at) {
    return isEscape(at) && at + 1 < end && (raw[at + 1] == '\n' || raw[at + 1] == '\r');
  }

  private int afterEscape(int at) {
    int letter = at + 1 < end ? raw[at + 1] : ' ';
    return at
        + switch (letter) {
          case 'x' -> 4;
          case 'u' -> 6;
          case 'U' -> 10;
          default -> 2;
        };
  }

  private int lineEnd(int from) {
    int at = from;
    while (at < raw.length && raw[at] != '\n' && raw[at] != '\r') {
      at++;
    }
    return at;
  }

  private int afterLine(int from) {
    int at = lineEnd(from);
    if (at < raw.length && raw[at] == '\r') {
      at++;
    }
    if (at < raw.length && raw[at] == '\n') {
      at++;
    }
    return at;
  }
}
