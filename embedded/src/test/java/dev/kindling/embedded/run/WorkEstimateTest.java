package dev.kindling.embedded.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Over plans of DuckDB itself, whose drawing changes with its versions. */
class WorkEstimateTest {
  private static Connection duckDb;

  @BeforeAll
  static void open() throws SQLException {
    duckDb = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = duckDb.createStatement()) {
      statement.execute(
          "CREATE TABLE big AS SELECT i, i % 10 AS k, 't' || i AS t FROM range(100000) r(i)");
      statement.execute("CREATE TABLE small AS SELECT i AS k, 'n' || i AS n FROM range(10) r(i)");
    }
  }

  @AfterAll
  static void close() throws SQLException {
    duckDb.close();
  }

  private static long bytes(String sql) throws SQLException {
    try (Statement statement = duckDb.createStatement();
        ResultSet rows = statement.executeQuery("EXPLAIN (FORMAT json) " + sql)) {
      rows.next();
      return WorkEstimate.bytes(rows.getString(2));
    }
  }

  @Test
  void aPassOverTheRowsHoldsNothing() throws SQLException {
    assertThat(bytes("SELECT i + 1, t FROM big WHERE k = 3")).isZero();
  }

  @Test
  void aSortHoldsAllThatItSorts() throws SQLException {
    assertThat(bytes("SELECT i, t FROM big ORDER BY t")).isBetween(3_000_000L, 10_000_000L);
  }

  @Test
  void aWindowHoldsAllOfItsRows() throws SQLException {
    assertThat(bytes("SELECT i, rank() OVER (PARTITION BY k ORDER BY t) FROM big"))
        .isBetween(3_000_000L, 20_000_000L);
  }

  @Test
  void groupsHoldTheirOutput() throws SQLException {
    long few = bytes("SELECT k, count(*) FROM big GROUP BY k");
    long many = bytes("SELECT i, count(*) FROM big GROUP BY i");
    assertThat(few).isLessThan(many / 100);
    assertThat(many).isGreaterThan(1_000_000);
  }

  @Test
  void aJoinHoldsItsSmallerSide() throws SQLException {
    assertThat(bytes("SELECT big.t, small.n FROM big JOIN small USING (k)")).isBetween(1L, 2_000L);
  }

  @Test
  void whatIsNestedAddsUp() throws SQLException {
    long sort = bytes("SELECT i, t FROM big ORDER BY t");
    assertThat(
            bytes(
                "SELECT * FROM (SELECT i, t, row_number() OVER (ORDER BY i) AS r FROM big)"
                    + " ORDER BY t"))
        .isGreaterThan(sort + sort / 2);
  }
}
