package dev.kindling.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Random CSV files, from clean to very dirty, for a fixed schema of all types. */
final class DirtyCsv {
  static final String DDL =
      "i INT, l BIGINT, s STRING, d DECIMAL(9,3), f DOUBLE, b BOOLEAN, day DATE, ts TIMESTAMP,"
          + " ntz TIMESTAMP_NTZ, y TINYINT, r FLOAT, h SMALLINT, w DECIMAL(38,10)";

  private static final List<List<String>> CLEAN =
      List.of(
          List.of("0", "7", "-12", "2147483647", "-2147483648", "007", "-0", ""),
          List.of("0", "9223372036854775807", "-9223372036854775808", "123456789012345678", ""),
          List.of("a", "Müller", "日本", "😀", "x y", " lead", "trail ", "\\N", "a\\b", "NULL", ""),
          List.of("1.5", "-0.001", "999999.999", "3", "0", "-0.0", "000001.50", ""),
          List.of("1.5", "-0.0", "0", "3.141592653589793", "12345678901234567890", "0.1", ""),
          List.of("true", "false", ""),
          List.of("2024-02-29", "1996-03-13", "0001-01-01", "9999-12-31", "1582-10-10", ""),
          List.of(
              "2024-03-10 02:30:00",
              "2024-11-03 01:30:00",
              "1996-03-13T10:11:12",
              "2020-01-01 00:00:00.123456",
              "1850-01-01 12:00:00.5",
              ""),
          List.of("2024-03-10 02:30:00", "1996-03-13T10:11:12.001", "0001-01-01 00:00:00", ""),
          List.of("0", "127", "-128", ""),
          List.of("1.5", "0.1", "-3", "16777217", "3.4028235", ""),
          List.of("0", "32767", "-32768", ""),
          List.of("1.5", "-1234567890123456789012345678.0123456789", "0.0000000001", ""));

  private static final List<List<String>> ODD =
      List.of(
          List.of("+5", " 5", "5 ", "1e3", "1.0", "2147483648", "0x1F", "1_000", "٣", "x", "--1"),
          List.of("+5", "9223372036854775808", "1L", "-", "99999999999999999999", "1,5"),
          List.of("NaN", "null", "true", "'q'", "a\tb", "\u00a0", "a\u0085b", "\u0001"),
          List.of(
              "+1.5", "1e3", ".5", "5.", "1.23456", "1000000.0", "0.0005", "1.5f", "1,000", "NaN"),
          List.of(
              "NaN",
              "Inf",
              "-Inf",
              "Infinity",
              "1e400",
              "1.5d",
              "1.5f",
              ".5",
              "5.",
              "+1",
              "1e-400",
              "0x1p3",
              " 1.5 ",
              "inf"),
          List.of("TRUE", "False", "t", "1", "0", "yes", " true", "y"),
          List.of(
              "2023-02-29",
              "2024-1-5",
              "2024",
              "2024-01",
              "2024-01-02T03",
              "01/02/2024",
              "20240102",
              "epoch",
              "infinity",
              "today",
              "0000-01-01",
              "+12024-01-01",
              "2024-01-02 ",
              " 2024-01-02",
              "2024-13-01",
              "-0001-01-01"),
          List.of(
              "2024-01-02",
              "2024-01-02 03:04",
              "2024-01-02 03:04:05Z",
              "2024-01-02T03:04:05+02:00",
              "2024-01-02 24:00:00",
              "12:00:00",
              "T12:00:00",
              "2024-01-02 03:04:05.1234567",
              "2024-01-02 03:04:05 Europe/Berlin",
              "now",
              "2024-02-30 00:00:00",
              "2024-1-2 3:4:5",
              "2024-01-02 03:04:60",
              "1704164645"),
          List.of(
              "2024-01-02",
              "2024-01-02 03:04:05Z",
              "2024-01-02 03:04",
              "x",
              "2024-01-02 03:04:05.1234567"),
          List.of("128", "-129", "+1", "1.0"),
          List.of("NaN", "1e39", "-Inf", "1.5f", "x"),
          List.of("32768", "+1", "x"),
          List.of("12345678901234567890123456789", "1e27", "1e29", "x", "0.00000000005"));

  /** What may be wrong with a file beside odd texts. */
  enum Dirt {
    QUOTES,
    LOOSE_QUOTES,
    ESCAPES,
    RAGGED,
    BLANK_LINES,
    CARRIAGE_RETURNS,
    MIXED_LINE_ENDS,
    LONE_CARRIAGE_RETURNS,
    BROKEN_UTF8,
    NUL,
    BYTE_ORDER_MARK,
    COMMENTS,
    QUOTED_NEWLINES
  }

  private final Random random;
  private final List<Dirt> dirt;
  private final char delimiter;

  DirtyCsv(Random random, List<Dirt> dirt, char delimiter) {
    this.random = random;
    this.dirt = dirt;
    this.delimiter = delimiter;
  }

  private boolean sometimes(Dirt kind, int one) {
    return dirt.contains(kind) && random.nextInt(one) == 0;
  }

  /** Writes a file; {@code odd} says how many of a hundred texts are odd. */
  void write(Path file, int columns, int rows, int odd, boolean header) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (dirt.contains(Dirt.BYTE_ORDER_MARK)) {
      out.write(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
    }
    String end = dirt.contains(Dirt.CARRIAGE_RETURNS) ? "\r\n" : "\n";
    if (header) {
      if (sometimes(Dirt.BLANK_LINES, 2)) {
        text(out, "  " + end);
      }
      text(out, (sometimes(Dirt.QUOTES, 2) ? "\"i\"" : "i") + delimiter + "l" + end);
    }
    for (int row = 0; row < rows; row++) {
      if (sometimes(Dirt.BLANK_LINES, 5)) {
        text(out, List.of("", " ", "\t", "   ").get(random.nextInt(4)) + end);
      }
      if (sometimes(Dirt.COMMENTS, 5)) {
        text(out, "#note" + delimiter + "x" + end);
      }
      int fields = columns;
      if (sometimes(Dirt.RAGGED, 4)) {
        fields = Math.max(1, columns + random.nextInt(5) - 2);
      }
      for (int column = 0; column < fields; column++) {
        if (column > 0) {
          out.write(delimiter);
        }
        field(out, column, odd);
      }
      if (sometimes(Dirt.LONE_CARRIAGE_RETURNS, 5)) {
        out.write('\r');
      }
      boolean last = row == rows - 1 && random.nextBoolean();
      if (!last) {
        text(out, sometimes(Dirt.MIXED_LINE_ENDS, 3) ? "\r\n" : end);
      }
    }
    Files.write(file, out.toByteArray());
  }

  private static void text(ByteArrayOutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private void field(ByteArrayOutputStream out, int column, int odd) throws IOException {
    int kind = column % CLEAN.size();
    List<String> values = (random.nextInt(100) < odd ? ODD : CLEAN).get(kind);
    String value = values.get(random.nextInt(values.size()));
    if (value.indexOf(delimiter) >= 0) {
      value = "";
    }
    if (sometimes(Dirt.BROKEN_UTF8, 10)) {
      out.write(new byte[] {'a', (byte) 0xC3, '(', (byte) 0xFF});
      return;
    }
    if (sometimes(Dirt.NUL, 10)) {
      out.write(new byte[] {'a', 0, 'b'});
      return;
    }
    if (sometimes(Dirt.QUOTED_NEWLINES, 10)) {
      text(out, "\"a\nb\"");
      return;
    }
    if (sometimes(Dirt.LOOSE_QUOTES, 10)) {
      String[] loose = {
        "a\"b", "\"a\"b", "\"a\" ", " \"a\"", "\"a", "\"a\"\"b\"", "\"\"\"\"", "a\"", "\""
      };
      text(out, loose[random.nextInt(loose.length)]);
      return;
    }
    if (sometimes(Dirt.ESCAPES, 10)) {
      String[] escaped = {"\"a\\\"b\"", "\"a\\\\\"", "\"a\\b\"", "\\\"a\\\"", "\"a\\\""};
      text(out, escaped[random.nextInt(escaped.length)]);
      return;
    }
    boolean quoted = sometimes(Dirt.QUOTES, 3) && value.indexOf('\\') < 0;
    text(out, quoted ? "\"" + (random.nextInt(4) == 0 ? delimiter : "") + value + "\"" : value);
  }
}
