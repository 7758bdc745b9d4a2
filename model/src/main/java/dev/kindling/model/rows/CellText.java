package dev.kindling.model.rows;

import java.util.Optional;

/** Cells on a terminal. */
public final class CellText {
  private CellText() {}

  /** A text without line breaks and tabs, which would break a table. */
  public static String oneLine(String text) {
    return text.indexOf('\n') < 0 && text.indexOf('\r') < 0 && text.indexOf('\t') < 0
        ? text
        : text.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
  }

  /**
   * The places that a text takes: characters of East Asian scripts and emoji take two, accents
   * none.
   */
  public static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      int type = Character.getType(c);
      if (type == Character.NON_SPACING_MARK || type == Character.FORMAT) {
        continue;
      }
      boolean wide =
          (c >= 0x1100 && c <= 0x115F)
              || (c >= 0x2E80 && c <= 0xA4CF)
              || (c >= 0xAC00 && c <= 0xD7A3)
              || (c >= 0xF900 && c <= 0xFAFF)
              || (c >= 0xFE30 && c <= 0xFE6F)
              || (c >= 0xFF00 && c <= 0xFF60)
              || (c >= 0xFFE0 && c <= 0xFFE6)
              || (c >= 0x1F300 && c <= 0x1FAFF);
      width += wide ? 2 : 1;
    }
    return width;
  }

  /**
   * A cell among others.
   *
   * @param cell empty for NULL; an empty text, and one that says NULL, are put in quotes
   */
  public static String shown(Optional<String> cell) {
    if (cell.isEmpty()) {
      return "NULL";
    }
    String text = oneLine(cell.get());
    boolean quotes =
        text.isEmpty() || text.equals("NULL") || !text.equals(text.strip()) || text.contains(", ");
    return quotes ? "'" + text + "'" : text;
  }
}
