package dev.kindling.bench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TpchDataTest {
  @TempDir static Path temp;
  static TpchData data;

  @BeforeAll
  static void generate() {
    data = TpchData.prepare(temp.resolve("sf"), 0.01, line -> {});
  }

  @Test
  void tablesHaveTheRowCountsOfTheSpecification() throws Exception {
    List<Long> counts = new ArrayList<>();
    for (String table : TpchData.tables()) {
      counts.add((Long) one("SELECT count(*) FROM " + parquet(table)));
    }
    assertThat(TpchData.tables())
        .containsExactly(
            "lineitem", "orders", "partsupp", "part", "customer", "supplier", "nation", "region");
    assertThat(counts).containsExactly(60175L, 15000L, 8000L, 2000L, 1500L, 100L, 25L, 5L);
  }

  @Test
  void groupsOfQueryOneAreThoseOfTheGeneratorsPublishedResult() throws Exception {
    assertThat(
            one(
                "SELECT string_agg(f || '=' || n || '=' || s, ' ' ORDER BY f) FROM"
                    + " (SELECT l_returnflag || l_linestatus f, count(*) n, sum(l_extendedprice) s FROM "
                    + parquet("lineitem")
                    + " WHERE l_shipdate <= DATE '1998-09-02' GROUP BY ALL)"))
        .isEqualTo(
            "AF=14876=532348211.65 NF=348=12384801.37 NO=29181=1041502841.45 RF=14902=534594445.35");
  }

  @Test
  void columnsHaveTheDeclaredTypes() throws Exception {
    assertThat(
            one(
                "SELECT string_agg(column_name || ' ' || column_type, ', ') FROM (DESCRIBE FROM "
                    + parquet("lineitem")
                    + ")"))
        .isEqualTo(
            TpchData.lineitemSchema().replace("STRING", "VARCHAR").replace(" INT,", " INTEGER,"));
  }

  @Test
  void finishedDataIsTakenAsItIs() throws Exception {
    List<String> talk = new ArrayList<>();
    Object before = Files.getLastModifiedTime(temp.resolve("sf/lineitem/part-0.parquet"));
    TpchData.prepare(temp.resolve("sf"), 0.01, talk::add);
    assertThat(talk).isEmpty();
    assertThat(Files.getLastModifiedTime(temp.resolve("sf/lineitem/part-0.parquet")))
        .isEqualTo(before);
  }

  @Test
  void anotherScaleInTheFolderIsRefusedAndNothingIsTouched() {
    assertThatThrownBy(() -> TpchData.prepare(temp.resolve("sf"), 0.02, line -> {}))
        .isInstanceOf(KindlingException.class)
        .hasMessageContaining("scale 0.01'")
        .hasMessageContaining("scale 0.02'");
  }

  @Test
  void aFolderOfSomethingElseIsRefused(@TempDir Path other) throws IOException {
    Files.writeString(other.resolve("thesis.txt"), "precious");
    assertThatThrownBy(() -> TpchData.prepare(other, 0.01, line -> {}))
        .isInstanceOf(KindlingException.class)
        .hasMessageContaining("no _KINDLING_TPCH");
    assertThat(other.resolve("thesis.txt")).hasContent("precious");
  }

  @Test
  void allCsvFormsHoldTheRowsOfTheTable() throws Exception {
    Path regular = data.regularCsv(line -> {});
    Path quoted = data.quotedCsv(line -> {});
    Path emptyLines = data.csvWithEmptyLines(line -> {});
    assertThat(Files.readString(regular.resolve("part-0.csv"))).doesNotContain("\"");
    assertThat(Files.readString(quoted.resolve("part-0.csv"))).contains("|\"");
    assertThat(Files.readString(emptyLines.resolve("part-0.csv"))).endsWith("\n\n");
    for (Path csv : List.of(regular, quoted, emptyLines)) {
      String read =
          "read_csv('"
              + csv
              + "/*.csv', header=false, delim='|', auto_detect=false, quote='\"', columns={"
              + TpchData.lineitemSchema()
                  .replaceAll("(\\w+) ([A-Z]+(\\(15,2\\))?)", "'$1': '$2'")
                  .replace("STRING", "VARCHAR")
              + "})";
      assertThat(one("SELECT count(*) FROM " + read)).isEqualTo(60175L);
      assertThat(
              one(
                  "SELECT count(*) FROM (FROM "
                      + read
                      + " EXCEPT FROM "
                      + parquet("lineitem")
                      + ")"))
          .isEqualTo(0L);
    }
  }

  private static String parquet(String table) {
    return "read_parquet('" + data.folder().resolve(table) + "/*.parquet')";
  }

  private static Object one(String sql) throws SQLException {
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getObject(1);
    }
  }
}
