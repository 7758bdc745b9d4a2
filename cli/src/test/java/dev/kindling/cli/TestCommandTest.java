package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCommandTest {
  private static final String PIPELINE =
      """
      pipeline: shop
      conf: { spark.sql.session.timeZone: Europe/Berlin }
      params: { least: 0 }
      tables:
        orders:
          read:
            format: csv
            path: data/orders.csv
            header: true
            schema: >-
              id BIGINT, customer STRING, amount DECIMAL(12,2), weight DOUBLE, at TIMESTAMP
        baskets: { read: { format: parquet, path: data/baskets.parquet } }
        clean:
          sql: SELECT * FROM orders WHERE amount > :least
          expect: [ { not_null: id, on_violation: drop } ]
        totals:
          sql: |
            SELECT customer, sum(amount) AS amount, sum(weight) AS weight, count(*) AS orders
            FROM clean GROUP BY customer
          write: { format: parquet, path: out/totals }
        ranked:
          sql: SELECT customer, amount FROM totals ORDER BY amount DESC
        recent:
          sql: |
            SELECT id, current_date() AS today, current_timestamp() AS now, localtimestamp() AS l
            FROM orders WHERE CAST(at AS DATE) = current_date()
        bags:
          sql: SELECT id, items, tags, map_keys(tags) AS names, who.name AS name, who FROM baskets
      """;

  @TempDir Path folder;

  private Result test(String tests, String... more) throws IOException {
    Data.text(folder.resolve("kindling.yaml"), PIPELINE + tests);
    String[] args = new String[more.length + 2];
    args[0] = "test";
    args[1] = folder.toString();
    System.arraycopy(more, 0, args, 2, more.length);
    return Cli.launch(args);
  }

  private String outputOf(Result result) {
    return result.output().replace(folder.toString(), "F").replaceAll("\\d+ ms|\\d+\\.\\d s", "T");
  }

  /** Tests that pass: each says something about another part of the tool. */
  private static final String PASSING =
      """
      tests:
        - name: small amounts and orders without id are left out
          given:
            orders:
              - { id: 1, amount: 0.00 }
              - { amount: 3 }
              - { id: 2, amount: 3.5, customer: "no" }
          expect:
            clean: [ { id: 2, CUSTOMER: no, amount: 3.50, at: null } ]
        - name: totals of two customers, as computed
          given:
            clean:
              - { customer: a, amount: 1.10, weight: 0.1 }
              - { customer: a, amount: 2.20, weight: 0.2 }
              - { customer: 日本, amount: 7, weight: .nan }
          expect:
            totals:
              exact_columns: true
              rows:
                - { customer: 日本, amount: 7, weight: .nan, orders: 1 }
                - { customer: a, amount: 3.30, weight: 0.3, orders: 2 }
            ranked:
              ordered: true
              rows: [ { customer: 日本 }, { customer: a } ]
        - name: today is the day of the test, in the session's zone
          at: 2026-02-28 23:30:00Z
          given:
            orders:
              - { id: 1, at: 2026-03-01 00:00:00 }
              - { id: 2, at: "2026-02-28T23:59:59" }
          expect:
            recent:
              - { id: 1, today: 2026-03-01, now: 2026-03-01 00:30:00, l: 2026-03-01 00:30:00 }
        - name: nothing comes of nothing
          given: { orders: [] }
          expect: { totals: [], clean: [] }
        - name: nested values
          given:
            baskets:
              schema: >-
                id INT, items ARRAY<STRUCT<sku: STRING, n: INT>>, tags MAP<STRING, ARRAY<INT>>,
                who STRUCT<name: STRING, born: DATE>
              rows:
                - id: 1
                  items: [ { sku: a, n: 1 }, null, { SKU: "b's" } ]
                  tags: { x: [1, null], "y z": [] }
                  who: { name: Ann, born: 1999-12-31 }
                - { id: 2, items: [], tags: {}, who: null }
          expect:
            bags:
              - id: 2
                items: []
                tags: {}
                names: []
                name: null
                who: null
              - id: 1
                items: [ { sku: a, n: 1 }, null, { sku: "b's", n: null } ]
                tags: { x: [1, null], "y z": [] }
                names: [x, "y z"]
                name: Ann
                who: { name: Ann, born: 1999-12-31 }
        - name: rows in files
          given: { clean: { csv: tests/clean.csv } }
          expect: { totals: { json: tests/totals.json } }
      """;

  private void files() throws IOException {
    Data.text(
        folder.resolve("tests/clean.csv"), "customer,amount\n\"a, b\",1.50\n\"a, b\",2\n,4\n");
    Data.text(
        folder.resolve("tests/totals.json"),
        """
        [ {"customer": "a, b", "amount": 3.50, "weight": null},
          {"customer": null, "amount": 4, "weight": null} ]
        """);
  }

  @Test
  void testsPassWithoutAnyOfThePipelinesData() throws IOException {
    files();
    Result result = test(PASSING, "--junit", folder.resolve("reports/junit.xml").toString());

    assertThat(outputOf(result)).endsWith("6 of 6 tests passed in T\n");
    assertThat(result.exitCode()).isZero();
    assertThat(result.errorOutput()).isEmpty();
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(folder.resolve(".kindling")).doesNotExist();
    assertThat(folder.resolve("reports/junit.xml"))
        .content()
        .contains("tests=\"6\" failures=\"0\" errors=\"0\"", "name=\"nested values\"");
  }

  @Test
  @Tag("suite")
  void sparkGivesTheSame() throws IOException {
    files();
    Result result = test(PASSING, "--engine", "spark", "--output", "json");

    assertThat(result.output()).contains("\"engine\" : \"spark\"").doesNotContain("\"embedded\"");
    assertThat(result.output().split("\"status\" : \"passed\"", -1)).hasSize(7);
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void failingTestsShowTheCellsThatDiffer() throws IOException {
    Result result =
        test(
            """
            tests:
              - name: sums
                given:
                  clean:
                    - { customer: a, amount: 1.10, weight: 0.1 }
                    - { customer: b, amount: 2.20 }
                    - { customer: "", amount: 4 }
                expect:
                  totals:
                    - { customer: a, amount: 1.20, orders: 1 }
                    - { customer: b, amount: 2.20, orders: 1 }
                    - { customer: d, amount: 9, orders: 5 }
              - name: fine
                given: { clean: [ { customer: a, amount: 1 } ] }
                expect: { ranked: [ { customer: a } ] }
              - name: order
                given: { totals: [ { customer: a, amount: 1 }, { customer: b, amount: 2 } ] }
                expect:
                  ranked: { ordered: true, rows: [ { customer: a }, { customer: b } ] }
              - name: columns
                given: { totals: [ { customer: a, amount: 1 } ] }
                expect: { ranked: { exact_columns: true, rows: [ { amount: 1 } ] } }
            """);

    assertThat(outputOf(result).replaceAll(" +T", "  T"))
        .isEqualTo(
            """
              FAILED  sums  T
                totals: expected 3 rows, found 3 rows  (F/kindling.yaml:37:7)
                  row 1 differs, with:
                    customer=a, orders=1
                    amount  expected  1.20
                            found     1.10
                  row 3 is missing:
                    customer=d, amount=9.00, orders=5
                  not expected:
                    customer='', amount=4.00, orders=1
              ok      fine  T
              FAILED  order  T
                ranked: expected 2 rows, found 2 rows  (F/kindling.yaml:47:7)
                  row 1 differs
                    customer  expected  a
                              found     b
                  row 2 differs
                    customer  expected  b
                              found     a
              FAILED  columns  T
                ranked: expected 1 row, found 1 row  (F/kindling.yaml:50:15)
                  columns that the test does not name: customer
            1 of 4 tests passed in  T
            """);
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void errorsOfSqlAndExpectationsFailATest() throws IOException {
    Result result =
        test(
            """
              divided: { sql: SELECT id / amount AS x FROM orders }
              strict: { sql: SELECT id FROM orders, expect: [ { not_null: id } ] }
            tests:
              - name: division
                given: { orders: [ { id: 1, amount: 0 } ] }
                expect: { divided: [ { x: 1 } ] }
              - name: rule
                given: { orders: [ { customer: a } ] }
                expect: { strict: [] }
            """,
            "--engine",
            "embedded");

    assertThat(result.output())
        .contains(
            "FAILED  division",
            "Table 'divided': the embedded engine raised an error",
            "FAILED  rule",
            "expectation 'not_null: id' of table 'strict'");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void allThatIsWrongWithTestsIsSaidAtOnceByTestAndByCheck() throws IOException, SQLException {
    Data.parquet(folder.resolve("data/baskets.parquet"), "SELECT 1 AS id, [1] AS items");
    Data.text(folder.resolve("tests/bad.csv"), "customer,amuont\na,1,2\n");
    String tests =
        """
        tests:
          - name: types
            at: 2026-02-30
            given:
              orders:
                - { id: one, amount: 1.005, at: noon, custmer: a }
                - { id: [1], weight: 1e400 }
              baskets: [ { id: 9999999999, items: 1 } ]
            expect: { clean: [ { id: 1, amout: 3 } ], ranked: [ { x: 1 } ] }
          - name: files
            given: { clean: { csv: tests/none.csv } }
            expect: { totals: { csv: tests/bad.csv } }
          - name: sound
            given: { orders: [] }
            expect: { totals: [] }
        """;
    Result result = test(tests);

    assertThat(outputOf(result))
        .contains("ERROR   types", "ERROR   files", "ok      sound")
        .contains(
            "F/kindling.yaml:31:9: error: 'at' of test 'types' is no time, found '2026-02-30'")
        .contains("F/kindling.yaml:34:17: error: Column 'id' is BIGINT, found 'one'")
        .contains(
            "Column 'amount' is DECIMAL(12,2), found '1.005' with more digits after the point")
        .contains("Column 'at' is TIMESTAMP, found 'noon'")
        .contains("Table 'orders' has no column 'custmer'", "Did you mean 'customer'?")
        .contains("Column 'id' is BIGINT, found a list (accepted: one value)")
        .contains("Table 'baskets' is given in test 'types', and no expected table reads it")
        .contains("Table 'clean' has no column 'amout'", "Did you mean 'amount'?")
        .contains("'ranked' in 'expect' of test 'types' name no column of the table")
        .contains("tests/none.csv")
        .contains("bad.csv:2:1: 3 fields, and the first line names 2 columns")
        .endsWith("1 of 3 tests passed in T\n");
    assertThat(result.exitCode()).isEqualTo(2);

    Data.text(folder.resolve("data/orders.csv"), "id,customer,amount,weight,at\n");
    Result check = Cli.launch("check", folder.toString());
    assertThat(check.exitCode()).isEqualTo(2);
  }

  @Test
  void rulesAboutRowsHoldAndThoseAboutTablesDoNot() throws IOException {
    Result result =
        test(
            """
              known:
                sql: SELECT id, customer FROM orders
                expect:
                  - row_count: { min: 1000 }
                  - references: { columns: customer, table: customers, keys: name }
                    on_violation: drop
              customers: { sql: SELECT DISTINCT customer AS name FROM clean }
            tests:
              - name: unknown customers are dropped
                given:
                  orders: [ { id: 1, customer: a }, { id: 2, customer: b } ]
                  customers: [ { name: b } ]
                expect: { known: [ { id: 2 } ] }
            """);

    assertThat(outputOf(result)).endsWith("1 of 1 test passed in T\n");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void selectsByName() throws IOException {
    Result result =
        test(
            """
            tests:
              - name: one
                given: { orders: [] }
                expect: { totals: [] }
              - name: other
                given: { orders: [] }
                expect: { totals: [] }
            """,
            "--select",
            "ot*");

    assertThat(outputOf(result)).contains("other").doesNotContain("one ").contains("1 of 1 test ");
    Result unknown = Cli.launch("test", folder.toString(), "--select", "onne");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.errorOutput())
        .isEqualTo(
            "error: --select names no test: 'onne' (tests: one, other). Did you mean 'one'?\n");
  }

  @Test
  void aPipelineWithoutTestsIsNoSuccess() throws IOException {
    Result result = test("");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errorOutput()).contains("has no 'tests'", "kindling test --create TABLE");
  }

  @Test
  void aTestWrittenFromRealRowsPasses() throws IOException, SQLException {
    Data.text(
        folder.resolve("data/orders.csv"),
        "id,customer,amount,weight,at\n1,\"null\",5.50,0.25,2026-01-01 10:00:00.123456\n"
            + "2,\"a: b\",7,,2026-07-01 10:00:00\n3,c,1,1,2026-01-01 00:00:00\n");
    Data.parquet(
        folder.resolve("data/baskets.parquet"),
        "SELECT 1 AS id, [{'sku': 'a', 'n': 1}] AS items, MAP {'k': [1, NULL]} AS tags,"
            + " {'name': 'Ann', 'born': DATE '1999-12-31'} AS who");
    Result totals = test("", "--create", "totals", "--rows", "2");
    Result bags = Cli.launch("test", folder.toString(), "--create", "bags");

    assertThat(totals.errorOutput()).isEmpty();
    assertThat(totals.output())
        .isEqualTo(
            """
            tests:
              - name: totals of 2 rows of orders
                given:
                  orders:
                    - { id: 1, customer: "null", amount: 5.50, weight: 0.25, at: 2026-01-01 10:00:00.123456+01:00 }
                    - { id: 2, customer: "a: b", amount: 7.00, weight: null, at: 2026-07-01 10:00:00+02:00 }
                expect:
                  totals:
                    - { customer: "a: b", amount: 7.00, weight: null, orders: 1 }
                    - { customer: "null", amount: 5.50, weight: 0.25, orders: 1 }
            """);
    Files.delete(folder.resolve("data/orders.csv"));
    Result again = test(totals.output() + bags.output().replace("tests:\n", ""));
    assertThat(outputOf(again)).endsWith("2 of 2 tests passed in T\n");

    Result source = Cli.launch("test", folder.toString(), "--create", "baskets");
    assertThat(source.exitCode()).isEqualTo(2);
    assertThat(source.errorOutput()).contains("'baskets' is read, not computed");
  }
}
