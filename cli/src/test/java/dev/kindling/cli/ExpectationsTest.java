package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.cli.Cli.Result;
import dev.kindling.model.record.ExpectationResult;
import dev.kindling.model.record.RunRecordStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpectationsTest {
  // Each of the orders from 2 on breaks one of the rules, and the last one, all NULL, none.
  private static final String TABLES =
      """
      pipeline: p
      tables:
        customers: { sql: "SELECT * FROM VALUES ('1', 'a'), ('2', 'b'), ('2', 'b') AS t(id, region)" }
        orders:
          sql: >-
            SELECT * FROM VALUES
            (1, 1, 'a', 'open', 5.00, 'AB1', CAST(NULL AS INT)),
            (2, 1, 'a', 'lost', 5.00, 'AB1', 1),
            (3, 1, 'a', 'paid', 5.01, 'AB1', 1),
            (4, 1, 'a', 'paid', 0.00, '1AB', 1),
            (5, 3, 'a', 'paid', 0.00, 'AB1', 1),
            (6, 2, 'a', 'paid', 0.00, 'AB1', 1),
            (7, 2, 'b', 'paid', 0.00, 'AB1', 99),
            (8, NULL, 'c', NULL, NULL, NULL, NULL)
            AS t(id, customer, region, status, amount, code, replaces)
      """;
  private static final String ROWS =
      """
          expect:
            - { accepted_values: { column: status, values: [open, paid] }, on_violation: quarantine }
            - { range: { column: amount, min: 0, max: 5 }, on_violation: quarantine }
            - { pattern: { column: code, regex: "^[A-Z]" }, on_violation: quarantine }
            - { references: { columns: [customer, region], table: customers, keys: [id, region] }, on_violation: quarantine }
            - { references: { columns: replaces, table: orders, keys: id }, on_violation: quarantine }
            - row_count: 2
            - query: SELECT id FROM orders WHERE id NOT IN (1, 8)
          write: { format: parquet, path: out/orders }
      """;
  private static final List<String> REASONS =
      List.of(
          "2 accepted_values: status in 'open', 'paid'",
          "3 range: 0 <= amount <= 5",
          "4 pattern: code like ^[A-Z]",
          "5 references: customer, region in customers (id, region)",
          "6 references: customer, region in customers (id, region)",
          "7 references: replaces in orders (id)");

  @TempDir Path folder;

  private Result run(String yaml, String... more) throws IOException {
    Data.text(folder.resolve("kindling.yaml"), yaml);
    String[] args = new String[more.length + 2];
    args[0] = "run";
    args[1] = folder.toString();
    System.arraycopy(more, 0, args, 2, more.length);
    return Cli.launch(args);
  }

  private List<String> lines(String path, String sql) {
    Result result = Cli.launch("sql", "--table", "t=" + folder.resolve(path), "-e", sql);
    assertThat(result.errorOutput()).isEmpty();
    return result.output().lines().toList();
  }

  private List<ExpectationResult> results(String table) {
    return new RunRecordStore(folder)
        .latest().orElseThrow().tables().stream()
            .filter(t -> t.name().equals(table))
            .findFirst()
            .orElseThrow()
            .expectations();
  }

  @Test
  void rowsThatBreakARuleAreLeftOutWithTheReason() throws IOException {
    leavesOut(run(TABLES + ROWS));
  }

  @Test
  @Tag("suite")
  void sparkLeavesOutTheSameRows() throws IOException {
    leavesOut(run(TABLES + ROWS, "--engine", "spark"));
  }

  private void leavesOut(Result result) {
    assertThat(result.exitCode()).as(result.errorOutput()).isZero();
    assertThat(lines("out/orders", "SELECT id FROM t ORDER BY id")).containsExactly("1", "8");
    assertThat(
            lines(
                results("orders").get(0).quarantinePath().orElseThrow(),
                "SELECT id || ' ' || _reason FROM t ORDER BY id"))
        .isEqualTo(REASONS);
    assertThat(results("orders"))
        .extracting(ExpectationResult::violations)
        .containsExactly(1L, 1L, 1L, 2L, 1L, 0L, 0L);
    assertThat(result.output())
        .contains("7 checked", "orders: range: 0 <= amount <= 5 broken by 1 row, quarantined");
  }

  @Test
  void rulesAboutTheWholeTableSayWhatTheyFound() throws IOException {
    String total =
        """
          old:
            sql: SELECT TIMESTAMP'2020-01-01 00:00:00' AS at, 7 AS n WHERE %s
            expect:
              - row_count: { min: 1, max: 10 }
              - freshness: { column: at, max_age: 2 days }
              - sum_equals: { column: n, table: customers, of: id }
              - sum_equals: { column: n, table: customers, of: id, tolerance: 2 }
              - query: SELECT region, count(*) AS n FROM customers GROUP BY region HAVING count(*) > 1
            write: { format: parquet, path: out/old }
        """;
    Result result = run(TABLES + total.formatted("true"));

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.errorOutput())
        .doesNotContain("row_count")
        .contains(
            "expectation 'freshness: at at most 2 days old' of table 'old' is broken:"
                + " latest=2020-01-01 00:00:00",
            "expectation 'sum_equals: n of id in customers' of table 'old' is broken: sum=7,"
                + " expected=5.0",
            "is broken: region=b, n=2",
            "Mend the data or the query, or say on_violation: warn.")
        .doesNotContain("give or take");
    assertThat(folder.resolve("out")).doesNotExist();

    Result empty =
        run(
            TABLES
                + total
                    .formatted("false")
                    .replaceAll("(- \\w+: .*)", "$1\n        on_violation: warn"));

    assertThat(empty.exitCode()).as(empty.errorOutput()).isZero();
    assertThat(empty.output())
        .contains(
            "old: row_count: 1 <= rows <= 10 broken (rows=0)",
            "old: freshness: at at most 2 days old broken (latest=NULL)",
            "old: sum_equals: n of id in customers, give or take 2 broken (sum=NULL, expected=5.0)");
    assertThat(lines("out/old", "SELECT count(*) FROM t")).containsExactly("0");
  }

  @Test
  void whatDoesNotFitIsToldAtItsPlace() throws IOException {
    Result result =
        run(
            TABLES
                + """
                    expect:
                      - references: { columns: customer, table: customers, keys: number }
                      - range: { column: amont, min: 0 }
                      - query: SELECT nothing FROM orders
                      - query: SELEC 1
                """);

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errorOutput())
        .contains(
            "kindling.yaml:17:9: error: The expectation 'references: customer in customers (number)'",
            "kindling.yaml:18:9: error: The expectation 'range: 0 <= amont' does not fit",
            "kindling.yaml:19:16: error: The expectation 'query: SELECT nothing FROM orders'",
            "kindling.yaml:20:16: error: The expectation 'query: SELEC 1' does not fit",
            "`customers`.`number` cannot be resolved");
  }
}
