package dev.kindling.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevenueDataTest {
  // Tests run in the module's folder.
  private static final Path COMMITTED = Path.of("../examples/revenue/data");

  @Test
  void committedOrdersAreWhatTheSeedGives() throws Exception {
    Map<String, String> committed = new TreeMap<>();
    try (Stream<Path> files = Files.list(COMMITTED.resolve("orders"))) {
      for (Path file : files.toList()) {
        committed.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    Map<String, String> made = RevenueData.make().orderFiles();
    assertThat(committed.keySet()).isEqualTo(made.keySet());
    made.forEach(
        (name, content) ->
            assertThat(committed.get(name).equals(content))
                .as("%s equals what the seed gives", name)
                .isTrue());
  }

  @Test
  void committedCustomersAndRatesAreWhatTheSeedGives(@TempDir Path temp) throws Exception {
    RevenueData.make().write(temp);
    for (String table : List.of("customers", "rates")) {
      // Rows and types, not bytes: another version of the writer may lay the file out anew.
      List<String> made = rows("FROM '" + temp + "/" + table + "/*.parquet'");
      assertThat(rows("FROM '" + COMMITTED + "/" + table + "/*.parquet'"))
          .isEqualTo(made)
          .hasSizeGreaterThan(40);
      assertThat(rows("DESCRIBE FROM '" + COMMITTED + "/" + table + "/*.parquet'"))
          .isEqualTo(rows("DESCRIBE FROM '" + temp + "/" + table + "/*.parquet'"));
    }
  }

  @Test
  void ordersHoldEveryKindOfDirt() {
    List<String> lines =
        RevenueData.make().orderFiles().values().stream()
            .flatMap(content -> content.lines().skip(1))
            .toList();
    assertThat(lines).hasSizeBetween(100_000, 105_000);
    List<String[]> fields = lines.stream().map(line -> line.split(",", -1)).toList();
    assertThat(fields).filteredOn(row -> row.length != 8).hasSize(4);
    List<String[]> whole = fields.stream().filter(row -> row.length == 8).toList();
    assertThat(whole).filteredOn(row -> row[1].isEmpty()).hasSizeGreaterThan(200);
    assertThat(whole).filteredOn(row -> row[2].equals("café")).hasSizeGreaterThan(200);
    assertThat(whole).filteredOn(row -> row[3].isEmpty()).hasSizeGreaterThan(200);
    assertThat(whole).filteredOn(row -> row[3].startsWith("-")).hasSizeGreaterThan(200);
    assertThat(whole).filteredOn(row -> row[3].equals("n/a")).hasSizeBetween(10, 200);
    assertThat(whole).filteredOn(row -> row[4].startsWith(" ")).hasSizeGreaterThan(200);
    assertThat(whole).filteredOn(row -> row[6].endsWith("-32")).hasSizeBetween(10, 200);
    assertThat(whole).filteredOn(row -> row[6].contains("/")).hasSizeBetween(10, 200);
    long ids = whole.stream().map(row -> row[0]).distinct().count();
    assertThat(whole.size() - ids).isGreaterThan(2000);
    // Keeping the latest is only well defined when no two versions are equally late.
    assertThat(whole.stream().map(row -> row[0] + row[7]).distinct().count())
        .isEqualTo(whole.size());
  }

  private static List<String> rows(String sql) throws SQLException {
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.append(rows.getObject(i)).append('|');
        }
        all.add(row.toString());
      }
      return all;
    }
  }
}
