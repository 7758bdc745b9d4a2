package dev.kindling.embedded.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file gives the same lines and records wherever it is cut into chunks. */
class CsvChunkTest {
  @TempDir private Path folder;

  private Path file(String content) throws IOException {
    Path file = folder.resolve("f.csv");
    Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    return file;
  }

  private static List<String> lines(Path file, String separator, long length) throws IOException {
    List<String> lines = new ArrayList<>();
    for (CsvChunk chunk : CsvChunk.of("t", List.of(file), false, length)) {
      try (CsvLines some =
          new CsvLines(chunk, separator.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)) {
        while (some.hasNext()) {
          lines.add(some.next());
        }
      }
    }
    return lines;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 7, 11, 100})
  void cutsLinesAtEveryKindOfEnd(long length) throws IOException {
    Path file = file("a\r\nbb\n\nccc\rd\r\r\n\r\neeeeeeee\n\r\nf");
    assertThat(lines(file, "", length))
        .containsExactly("a", "bb", "", "ccc", "d", "", "", "eeeeeeee", "", "f");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 100})
  void givesRandomLinesWhereverTheFileIsCut(long length) throws IOException {
    long seed = System.nanoTime();
    System.out.println("CsvChunkTest: seed " + seed);
    Random random = new Random(seed);
    String[] pieces = {"a", "\r", "\n", "\r\n", "é", ",,", "\n\n"};
    for (int round = 0; round < 200; round++) {
      StringBuilder content = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        content.append(pieces[random.nextInt(pieces.length)]);
      }
      Path file = file(content.toString());
      assertThat(lines(file, "", length))
          .as(content.toString())
          .isEqualTo(content.toString().lines().toList());
    }
  }

  @Test
  void findsLinesLongerThanAnyBuffer() throws IOException {
    String longLine = "x".repeat(3 << 20);
    Path file = file("a\r\n" + longLine + "\r\n" + longLine + "\nb");
    assertThat(lines(file, "", 1 << 20)).containsExactly("a", longLine, longLine, "b");
  }

  @Test
  void cutsLinesAtASeparatorOfItsOwn() throws IOException {
    Path file = file("a;;b;c\n;;;;d;");
    assertThat(lines(file, ";;", 1000)).containsExactly("a", "b;c\n", "", "d;");
  }

  @Test
  void leavesOutAByteOrderMark() throws IOException {
    assertThat(lines(file("\uFEFFa\nb\n"), "", 1000)).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 1000})
  void scansEveryRecordOnceWhereverTheFileIsCut(long length) throws Exception {
    StringBuilder content = new StringBuilder("id,text\r\n");
    for (int i = 0; i < 40; i++) {
      content.append(i).append(",\"é, x\"\r\n");
    }
    content.append("x,last");
    CsvSettings.Layout layout =
        new CsvSettings.Layout((byte) ',', (byte) '"', (byte) '\\', (byte) 0, true, "", true);
    CsvChunkScanner scanner =
        new CsvChunkScanner(
            layout,
            List.of(FieldShape.integer(0, 100), FieldShape.text()),
            List.of(),
            new String[] {"id", "text"},
            false);
    long rows = 0;
    long lines = 0;
    for (CsvChunk chunk : CsvChunk.of("t", List.of(file(content.toString())), false, length)) {
      scanner.scan(chunk);
      rows += scanner.rows();
      lines += scanner.lines();
    }
    assertThat(rows).isEqualTo(41);
    assertThat(lines).isEqualTo(42);
    assertThat(scanner.odd()).containsExactly(true, false);
    assertThat(scanner.quotes()).isTrue();
    assertThat(scanner.carriageReturns()).isTrue();
    assertThat(scanner.lineFeeds()).isFalse();
  }

  /** A delimiter that values are written with ends a field also where a value could go on. */
  @ParameterizedTest
  @ValueSource(chars = {'.', '-', ':', ' ', '0', 'e'})
  void cutsFieldsAtDelimitersThatValuesAreWrittenWith(char delimiter) throws Exception {
    CsvSettings.Layout layout =
        new CsvSettings.Layout((byte) delimiter, (byte) 0, (byte) 0, (byte) 0, false, "", true);
    List<FieldShape> shapes =
        List.of(
            FieldShape.decimal(9, 9),
            FieldShape.integer(0, 99),
            FieldShape.floating(),
            FieldShape.bool());
    CsvChunkScanner scanner =
        new CsvChunkScanner(layout, shapes, List.of(), new String[] {"a", "b", "c", "d"}, false);
    String record = String.join(String.valueOf(delimiter), "12", "7", "3", "") + "\n";
    long rows = 0;
    for (CsvChunk chunk : CsvChunk.of("t", List.of(file(record.repeat(20))), false, 1000)) {
      scanner.scan(chunk);
      rows += scanner.rows();
    }
    assertThat(rows).isEqualTo(20);
    assertThat(scanner.odd()).containsExactly(false, false, false, false);
  }

  /** The scanner looks at eight bytes at a time; what ends a text may be any of them. */
  @Test
  void findsTheEndOfTextsOfEveryLength() throws Exception {
    StringBuilder content = new StringBuilder();
    for (int length = 1; length < 40; length++) {
      content
          .append("x".repeat(length))
          .append('|')
          .append("\t\u0001".repeat(length % 5))
          .append("é".repeat(length % 7))
          .append("y\n");
    }
    CsvSettings.Layout layout =
        new CsvSettings.Layout((byte) '|', (byte) '"', (byte) '\\', (byte) 0, false, "", true);
    CsvChunkScanner scanner =
        new CsvChunkScanner(
            layout,
            List.of(FieldShape.text(), FieldShape.text()),
            List.of(),
            new String[] {"a", "b"},
            false);
    long rows = 0;
    for (CsvChunk chunk : CsvChunk.of("t", List.of(file(content.toString())), false, 100)) {
      scanner.scan(chunk);
      rows += scanner.rows();
    }
    assertThat(rows).isEqualTo(39);
  }
}
