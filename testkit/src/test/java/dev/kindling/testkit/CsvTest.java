package dev.kindling.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.embedded.PreparedQuery;
import dev.kindling.embedded.Registration;
import dev.kindling.embedded.RowCursor;
import dev.kindling.embedded.Source;
import dev.kindling.model.error.KindlingException;
import dev.kindling.testkit.DirtyCsv.Dirt;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CSV files on both engines: the same rows, from files as clean and as dirty as they come. */
@Tag("slow")
class CsvTest {
  private static TwoEngines engines;
  @TempDir static Path scratch;
  private static int files;

  @BeforeAll
  static void open() {
    engines = TwoEngines.open(scratch, Map.of());
  }

  @AfterAll
  static void close() {
    engines.close();
  }

  private static Path file(String content) throws IOException {
    Path file = scratch.resolve("t" + (++files) + ".csv");
    Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    return file;
  }

  private static void assertSame(Path path, String ddl, Map<String, String> options) {
    Registration registration = engines.csv("t", path, ddl, options);
    assertThat(registration).isInstanceOf(Registration.Native.class);
    assertThat(engines.compare("SELECT * FROM t")).isInstanceOf(Comparison.Equal.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          doubled quotes       | 'say ''hi''',1
          escaped quotes       | 'say \\'hi\\'',1
          newline in quotes    | 'a⏎b',1
          boolean as digit     | x,1,1
          bad number           | x,oops
          short row            | x
          long row             | x,1,true,4
          quote left open      | 'x,1⏎y,2
          empty and in quotes  | ,1⏎'',2
          a suffix on a number | x,1d
          blank lines          | ⏎x,1⏎  ⏎⏎y,2
          carriage returns     | x,1␍⏎y,2␍⏎
          lone carriage return | x,1␍y,2
          """)
  void readsWhatParsersDisagreeOnAsSparkDoes(String what, String content) throws IOException {
    Path file = file(content.replace('\'', '"').replace('⏎', '\n').replace('␍', '\r'));
    assertSame(file, "s STRING, i INT, b BOOLEAN", Map.of());
  }

  @Test
  void readsRandomFilesAsSparkDoes() throws IOException {
    long seed = Long.getLong("csv.seed", System.nanoTime());
    int rounds = Integer.getInteger("csv.rounds", 30);
    System.out.println("CsvTest: -Dcsv.seed=" + seed);
    Random random = new Random(seed);
    List<String> problems = new ArrayList<>();
    int read = 0;
    for (int round = 0; round < rounds; round++) {
      List<Dirt> dirt = new ArrayList<>();
      for (int kinds = random.nextInt(3); kinds > 0; kinds--) {
        dirt.add(Dirt.values()[random.nextInt(Dirt.values().length)]);
      }
      char delimiter = ",|;\t".charAt(random.nextInt(4));
      boolean header = random.nextBoolean();
      int columns = List.of(1, 2, 13, 13).get(random.nextInt(4));
      int odd = List.of(0, 0, 3, 30).get(random.nextInt(4));
      Map<String, String> options = options(random, delimiter, header);
      Path folder = Files.createDirectory(scratch.resolve("r" + round));
      for (int i = random.nextInt(2); i >= 0; i--) {
        new DirtyCsv(random, dirt, delimiter)
            .write(folder.resolve("f" + i + ".csv"), columns, random.nextInt(30), odd, header);
      }
      String ddl = ddl(columns);
      String what = "round %d, %s, %d columns, %s".formatted(round, dirt, columns, options);
      Registration registration = engines.csv("t", folder, ddl, options);
      if (registration instanceof Registration.Refused refused) {
        if (Boolean.getBoolean("csv.verbose")) {
          System.out.println(what + ": " + refused.refusals().get(0).detail());
        }
        continue;
      }
      read++;
      for (String sql : queries(columns)) {
        Comparison comparison = engines.compare(sql);
        if (!(comparison instanceof Comparison.Equal)) {
          problems.add(what + ": " + sql + ": " + comparison);
        }
      }
    }
    System.out.println("CsvTest: " + read + " of " + rounds + " read natively");
    assertThat(problems).isEmpty();
  }

  private static Map<String, String> options(Random random, char delimiter, boolean header) {
    Map<String, String> options = new HashMap<>();
    options.put("sep", Character.toString(delimiter));
    if (header) {
      options.put("header", "true");
    }
    String[][] more = {
      {"nullValue", "NULL"},
      {"mode", "DROPMALFORMED"},
      {"mode", "DROPMALFORMED"},
      {"comment", "#"},
      {"quote", ""},
      {"escape", "\""},
      {"dateFormat", "dd/MM/yyyy"},
      {"timestampFormat", "yyyy-MM-dd HH:mm:ss"},
      {"emptyValue", "EMPTY"},
      {"timeZone", "UTC"},
      {"ignoreLeadingWhiteSpace", "true"},
      {"ignoreTrailingWhiteSpace", "true"},
      {"multiLine", "true"},
      {"nanValue", "x"},
      {"locale", "de"},
      {"lineSep", "\n"},
      {"encoding", "ISO-8859-1"},
      {"mode", "FAILFAST"}
    };
    for (int i = random.nextInt(3); i > 0; i--) {
      String[] one = more[random.nextInt(more.length)];
      options.put(one[0], one[1]);
    }
    return options;
  }

  private static String ddl(int columns) {
    String[] all = DirtyCsv.DDL.split(", ");
    return String.join(", ", List.of(all).subList(0, columns));
  }

  private static List<String> queries(int columns) {
    return columns < 3
        ? List.of("SELECT * FROM t", "SELECT count(*) FROM t")
        : List.of(
            "SELECT * FROM t",
            "SELECT count(*) FROM t",
            "SELECT day, s FROM t WHERE i > 0",
            "SELECT d, ts, w FROM t");
  }

  @Test
  void failsAtTheFirstBadRecordAndSaysWhereItIs() throws IOException {
    Path file = file("i,d\n1,2024-01-01\n2,2024-02-30\n3,x\n");
    Source.Csv source =
        new Source.Csv(file, "i INT, d DATE", Map.of("header", "true"), Source.BadRecords.FAIL);
    assertThatThrownBy(() -> rows("orders", source))
        .isInstanceOf(KindlingException.class)
        .hasMessageContaining("table 'orders'")
        .hasMessageContaining(file + ":3")
        .hasMessageContaining("column d")
        .hasMessageContaining("2,2024-02-30");
  }

  @Test
  void keepsBadRecordsAsideWithTheirPlace() throws IOException {
    Path file = file("1,2024-01-01\n2,2024-02-30\n3,\nx,y\n");
    Source.Csv source =
        new Source.Csv(file, "i INT, d DATE", Map.of(), Source.BadRecords.QUARANTINE);
    assertThat(rows("orders", source)).hasSize(2);
    assertThat(engines.embedded().badRecords("orders")).isEqualTo(2);
    engines.embedded().registerBadRecords("orders", "bad");
    assertThat(query("SELECT _file, _line, _record FROM bad ORDER BY _line"))
        .containsExactly(
            List.of(file.toString(), "2", "2,2024-02-30"), List.of(file.toString(), "4", "x,y"));
    assertThat(query("SELECT i FROM orders ORDER BY i"))
        .containsExactly(List.of("1"), List.of("3"));
  }

  @Test
  void failsAtABadRecordThatSparksParserMeets() throws IOException {
    Path file = file("\"a\\\"b\",1\n\n\"c\"\n");
    Source.Csv source = new Source.Csv(file, "s STRING, i INT", Map.of(), Source.BadRecords.FAIL);
    assertThatThrownBy(() -> rows("orders", source))
        .isInstanceOf(KindlingException.class)
        .hasMessageContaining(file + ":3")
        .hasMessageContaining("it does not have 2 fields")
        .hasMessageContaining("\"c\"");
  }

  @Test
  void keepsBadRecordsAsideThatSparksParserMeets() throws IOException {
    Path file = file("s,i\n\"a\\\"b\",1\nc,x\n\nd,2,3\ne,5\n");
    Source.Csv source =
        new Source.Csv(
            file, "s STRING, i INT", Map.of("header", "true"), Source.BadRecords.QUARANTINE);
    assertThat(rows("orders", source)).containsExactly(List.of("a\"b", "1"), List.of("e", "5"));
    assertThat(engines.embedded().badRecords("orders")).isEqualTo(2);
    engines.embedded().registerBadRecords("orders", "bad");
    assertThat(query("SELECT _line, _record, _reason FROM bad ORDER BY _line"))
        .containsExactly(
            List.of("3", "c,x", "i: For input string: \"x\""),
            List.of("5", "d,2,3", "it does not have 2 fields"));
  }

  @ParameterizedTest
  @CsvSource({"'1,a\n2,b\n'", "'1,a\n\n2\n'"})
  void readsCompressedFiles(String content) throws IOException {
    Path file = scratch.resolve("z" + (++files) + ".csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    assertSame(file, "i INT, s STRING", Map.of());
  }

  @Test
  void leavesRecordsThatAreBadByQueryToSpark() throws IOException {
    Path file = file("1,x\n");
    for (String mode : List.of("FAILFAST", "DROPMALFORMED")) {
      assertThat(engines.csv("t", file, "i INT, d DATE", Map.of("mode", mode)))
          .isInstanceOf(Registration.Refused.class);
      assertThat(engines.csv("t", file, "i INT, s STRING", Map.of("mode", mode)))
          .isInstanceOf(Registration.Native.class);
    }
  }

  @Test
  void leavesWhatItDoesNotKnowToSpark() throws IOException {
    Path file = file("1,x\n");
    assertThat(engines.csv("t", file, "i INT, s BINARY", Map.of()))
        .isInstanceOf(Registration.Refused.class);
    assertThat(engines.csv("t", file, "i INT, s STRING", Map.of("pathGlobFilter", "*.csv")))
        .isInstanceOf(Registration.Refused.class);
    assertThat(engines.csv("t", file, "i INT, _corrupt_record STRING", Map.of()))
        .isInstanceOf(Registration.Refused.class);
    assertThat(engines.csv("t", scratch.resolve("t*.csv"), "i INT, s STRING", Map.of()))
        .isInstanceOf(Registration.Refused.class);
  }

  @Test
  void leavesBadRecordsOutWhicheverColumnsAQuerySelects() throws IOException {
    Path file = file("1,2024-01-01\n2,2024-02-30\n");
    Source.Csv source = new Source.Csv(file, "i INT, d DATE", Map.of(), Source.BadRecords.DROP);
    rows("orders", source);
    assertThat(query("SELECT i FROM orders")).containsExactly(List.of("1"));
  }

  private static List<List<String>> rows(String name, Source.Csv source) {
    assertThat(engines.embedded().register(name, source)).isInstanceOf(Registration.Native.class);
    return query("SELECT * FROM " + name);
  }

  private static List<List<String>> query(String sql) {
    PreparedQuery query = engines.embedded().prepare(sql, Map.of());
    assertThat(query.refusals()).isEmpty();
    List<List<String>> rows = new ArrayList<>();
    try (RowCursor cursor = engines.embedded().rows(query)) {
      while (cursor.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < query.schema().length(); i++) {
          row.add(cursor.text(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }
}
