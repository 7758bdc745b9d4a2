package dev.kindling.model.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;

class SqlSourceTest {
  @TempDir Path project;

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Where WRONG is in the file, whatever the style, is where an error about it is shown.
        "    sql: SELECT WRONG FROM b",
        "    sql: SELECT a,\n      WRONG\n\n      FROM b",
        "    sql:\n      SELECT a,\n        WRONG FROM b",
        "    sql: 'SELECT ''it''''s'', WRONG FROM b'",
        "    sql: 'SELECT a,\n      ''x'', WRONG\n\n\n       FROM b'",
        "    sql: \"SELECT \\\"a\\\", \\x41\\u0041\\U00000041 \\n WRONG FROM b\"",
        "    sql: \"SELECT \\\n      \\  a,\n      WRONG FROM b\"",
        "    sql: |\n      SELECT a,\n             WRONG\n      FROM b",
        "    sql: |2-\n        SELECT a,\n      WRONG\n      FROM b",
        "    sql: |+ # a comment\n\n\n      SELECT a,\n\n             WRONG\n      FROM b\n\n",
        "    sql: >\n      SELECT a,\n      WRONG\n      FROM b",
        "    sql: >-\n      SELECT a,\n\n         more indented,\n         WRONG\n\n      FROM b",
        "    sql: SELECT 'grün 🎉', WRONG FROM b",
        "    sql: |\n      SELECT '🎉🎉',\n      '🎉', WRONG FROM b",
        "    expect: [ { unique: a } ]\n    sql: &q !!str SELECT WRONG FROM b"
      })
  void thePlaceOfAWordIsItsPlaceInTheFile(String yaml) throws IOException {
    for (String lineEnd : List.of("\n", "\r\n")) {
      String text = ("pipeline: x\ntables:\n  a:\n" + yaml + "\n").replace("\n", lineEnd);
      Query query = query(text);
      int at = query.sql().indexOf("WRONG");
      int offset = query.sql().codePointCount(0, at);
      Position byOffset = query.source().atOffset(offset);
      String[] lines = text.split(lineEnd, -1);
      String line = lines[byOffset.line() - 1];
      assertThat(line.substring(line.offsetByCodePoints(0, byOffset.column() - 1)))
          .startsWith("WRONG");

      int lineStart = query.sql().lastIndexOf('\n', at) + 1;
      int row = (int) query.sql().substring(0, at).chars().filter(c -> c == '\n').count();
      int column = query.sql().codePointCount(lineStart, at);
      assertThat(query.source().at(row + 1, column + 1)).isEqualTo(byOffset);
    }
  }

  @Test
  void placesOutsideOfTheTextAreMovedIntoIt() throws IOException {
    Query query = query("pipeline: x\ntables:\n  a:\n    sql: |\n      SELECT 1\n      FROM b\n");
    SqlSource source = query.source();
    assertThat(place(source.start())).isEqualTo("5:7");
    assertThat(place(source.at(1, 1))).isEqualTo("5:7");
    assertThat(place(source.at(0, 0))).isEqualTo("5:7");
    assertThat(place(source.at(1, 99))).isEqualTo("5:15");
    assertThat(place(source.at(2, 6))).isEqualTo("6:12");
    assertThat(place(source.at(99, 99))).isEqualTo("6:13");
    assertThat(place(source.atOffset(-1))).isEqualTo("5:7");
    assertThat(place(source.atOffset(999))).isEqualTo("6:13");
  }

  @Test
  void aTextOfItsOwnStartsWhereItIsTold() {
    SqlSource source = SqlSource.ofText(new Position(Path.of("f"), 3, 5), "ab\ncd");
    assertThat(place(source.at(1, 2))).isEqualTo("3:6");
    assertThat(place(source.at(2, 2))).isEqualTo("4:2");
    assertThat(SqlSource.ofFile(Path.of("f"), "").start().toString()).isEqualTo("f:1:1");
  }

  @Test
  void everyLetterOfRandomTextsIsFoundInEveryStyle() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<String> words =
        List.of(
            " ", " ", "  ", "\n", "\n\n", "\n   ", "SELECT", "'it''s'", "\"q\"", "🎉", "ß", "\\",
            "a.b", ", ", "-- c", "(x)", "{y}", ": ", "#", "\t");
    for (int round = 0; round < 400; round++) {
      StringBuilder sql = new StringBuilder("S");
      for (int i = random.nextInt(40); i > 0; i--) {
        sql.append(words.get(random.nextInt(words.size())));
      }
      for (ScalarStyle style : ScalarStyle.values()) {
        if (style == ScalarStyle.JSON_SCALAR_STYLE) {
          continue;
        }
        DumperOptions options = new DumperOptions();
        options.setDefaultScalarStyle(style);
        options.setWidth(10 + random.nextInt(60));
        options.setAllowUnicode(random.nextBoolean());
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndent(2 + random.nextInt(4));
        String yaml =
            new Yaml(options)
                .dump(
                    Map.of("tables", Map.of("a", Map.of("sql", sql.toString())), "pipeline", "x"));
        Query query = query(yaml);
        // Not always the text that was written: the emitter folds some texts wrongly.
        assertThat(query.sql()).as("seed %s", seed).startsWith("S");
        String[] lines = yaml.split("\n", -1);
        int[] codePoints = query.sql().codePoints().toArray();
        for (int i = 0; i < codePoints.length; i++) {
          if (Character.isWhitespace(codePoints[i])) {
            continue;
          }
          Position place = query.source().atOffset(i);
          int[] line = lines[place.line() - 1].codePoints().toArray();
          int found = line[place.column() - 1];
          boolean escape = found == '\\';
          assertThat(found == codePoints[i] || escape)
              .as("seed %s, style %s, code point %s of%n%s%nin%n%s", seed, style, i, sql, yaml)
              .isTrue();
        }
      }
    }
  }

  private static String place(Position position) {
    return position.line() + ":" + position.column();
  }

  private Query query(String yaml) throws IOException {
    Path file = Files.writeString(project.resolve("kindling.yaml"), yaml);
    return (Query) PipelineReader.read(file, Map.of()).orThrow().tables().get(0).definition();
  }
}
