package dev.kindling.model.pipeline;

import org.yaml.snakeyaml.DumperOptions.ScalarStyle;

/**
 * Finds the characters of a scalar's value in the YAML text that it was made from. YAML takes away
 * indentation, joins lines, and reads escapes; this walks value and text side by side and undoes
 * that. Letters are found exactly; a space that stands for a line break is put at the break.
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
   * @param start the first character of the scalar in it: a quote, a block's sign, or the value's
   * @param end after the last character of the scalar in it
   * @return for each character of the value, and for its end, the index in the text
   */
  static int[] of(int[] raw, int start, int end, ScalarStyle style, int[] value) {
    ScalarPlaces walk = new ScalarPlaces(raw, end, value);
    switch (style) {
      case LITERAL -> walk.literal(walk.afterLine(start));
      case FOLDED -> walk.flow(walk.afterLine(start), style);
      case SINGLE_QUOTED, DOUBLE_QUOTED -> walk.flow(start + 1, style);
      default -> walk.flow(start, style);
    }
    return walk.places;
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

  /** The styles that join lines: plain, quoted, folded. */
  private void flow(int from, ScalarStyle style) {
    int at = from;
    for (int i = 0; i < value.length; i++) {
      if (value[i] == ' ' || value[i] == '\t' || value[i] == '\n') {
        places[i] = clamp(at);
        if (style == ScalarStyle.DOUBLE_QUOTED && isEscape(at)) {
          at = afterEscape(at);
        } else if (at < end && raw[at] == value[i] && !breaksBeforeText(at, style)) {
          at++;
        }
        continue;
      }
      at = skipBlank(at, style);
      places[i] = clamp(at);
      if (style == ScalarStyle.DOUBLE_QUOTED && isEscape(at)) {
        at = afterEscape(at);
      } else if (style == ScalarStyle.SINGLE_QUOTED && value[i] == '\'') {
        at += 2;
      } else {
        at++;
      }
    }
    places[value.length] = clamp(at);
  }

  private int clamp(int at) {
    return Math.max(0, Math.min(at, end));
  }

  private boolean isEscape(int at) {
    return at < end && raw[at] == '\\';
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

  /** Whether only blanks stand between here and the end of the line. */
  private boolean breaksBeforeText(int at, ScalarStyle style) {
    if (style == ScalarStyle.FOLDED && raw[at] == '\n') {
      return false;
    }
    for (int i = at; i < end; i++) {
      if (raw[i] == '\n' || raw[i] == '\r') {
        return true;
      }
      if (raw[i] != ' ' && raw[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  private int skipBlank(int from, ScalarStyle style) {
    int at = from;
    while (at < end) {
      int c = raw[at];
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        at++;
      } else if (style == ScalarStyle.DOUBLE_QUOTED
          && c == '\\'
          && at + 1 < end
          && (raw[at + 1] == '\n' || raw[at + 1] == '\r')) {
        at += 2;
      } else {
        return at;
      }
    }
    return at;
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
