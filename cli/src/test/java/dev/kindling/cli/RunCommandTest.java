package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.cli.Cli.Result;
import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.record.ExpectationStatus;
import dev.kindling.model.record.Materialisation;
import dev.kindling.model.record.RunRecord;
import dev.kindling.model.record.RunRecordStore;
import dev.kindling.model.record.RunStatus;
import dev.kindling.model.record.TableRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void data() throws IOException, SQLException {
    Data.parquet(
        folder.resolve("data/orders/orders.parquet"),
        "SELECT i AS id, CASE WHEN i = 4 THEN 3 ELSE i END AS number, CASE WHEN i % 5 = 0 THEN NULL"
            + " ELSE 'k' || i % 2 END AS kind, (i * 10 - 5)::DECIMAL(9,2) AS amount"
            + " FROM range(12) t(i)");
  }

  private Result kindling(String command, String yaml, String... more) throws IOException {
    Data.text(folder.resolve("kindling.yaml"), yaml);
    String[] args = new String[more.length + 2];
    args[0] = command;
    args[1] = folder.toString();
    System.arraycopy(more, 0, args, 2, more.length);
    return Cli.launch(args);
  }

  private RunRecord record() {
    return new RunRecordStore(folder).latest().orElseThrow();
  }

  private TableRecord table(String name) {
    return record().tables().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  private String rows(String path, String sql) {
    Result result = Cli.launch("sql", "--table", "t=" + folder.resolve(path), "-e", sql);
    assertThat(result.errorOutput()).isEmpty();
    return result.output();
  }

  private static final String READ =
      """
      pipeline: p
      params: { least: 0 }
      tables:
        orders:
          read: { format: parquet, path: data/orders }
      """;

  @Test
  void publishesWhatItComputesAndSaysSo() throws IOException {
    Result result =
        kindling(
            "run",
            READ
                + """
                  clean:
                    sql: SELECT * FROM orders WHERE amount > :least
                  kinds:
                    sql: SELECT kind, count(*) AS n, sum(amount) AS total FROM clean GROUP BY kind
                    write: { format: parquet, path: out/kinds, partition_by: [kind] }
                """);

    assertThat(result.exitCode()).isZero();
    assertThat(result.output())
        .contains("p succeeded in", "kinds", "out/kinds (3 files", "report: ");
    assertThat(rows("out/kinds", "SELECT kind, n, total FROM t ORDER BY kind"))
        .isEqualTo("NULL\t2\t140.00\nk0\t4\t180.00\nk1\t5\t285.00\n");
    assertThat(record().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(record().published()).hasSize(1);
    assertThat(table("kinds").engine()).isEqualTo(Engine.EMBEDDED);
    assertThat(table("clean").materialisation()).isEqualTo(Materialisation.INLINED);
    assertThat(folder.resolve(".kindling/runs").resolve(record().runId()).resolve("report.html"))
        .content()
        .contains("kinds");
    assertThat(folder.resolve(".kindling/tmp")).isEmptyDirectory();
  }

  @Test
  @Tag("suite")
  void verifiedRunComparesBothEnginesBeforeItPublishes() throws IOException {
    Result result =
        kindling(
            "run",
            READ
                + """
                  kinds:
                    sql: SELECT kind, count(*) AS n FROM orders GROUP BY kind
                    write: { format: parquet, path: out/kinds }
                """,
            "--verify");

    assertThat(result.exitCode()).isZero();
    assertThat(result.errorOutput()).contains("kinds: equal, 3 rows", "1 of 1 equal");
    assertThat(rows("out/kinds", "SELECT count(*) FROM t")).isEqualTo("3\n");
  }

  @Test
  void setsParameters() throws IOException {
    Result result =
        kindling(
            "run",
            READ
                + """
                  clean:
                    sql: SELECT * FROM orders WHERE amount > :least
                    write: { format: parquet, path: out/clean }
                """,
            "--set",
            "least=100");

    assertThat(result.exitCode()).isZero();
    assertThat(rows("out/clean", "SELECT count(*) FROM t")).isEqualTo("1\n");
  }

  @Test
  void failedExpectationPublishesNothingAndNamesARow() throws IOException {
    Result result =
        kindling(
            "run",
            READ
                + """
                  clean:
                    sql: SELECT * FROM orders
                    expect:
                      - unique: [number]
                      - check: amount >= 0
                    write: { format: parquet, path: out/clean }
                """);

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.errorOutput())
        .contains("expectation 'unique: number' of table 'clean' is broken by 2 rows, such as:")
        .contains("number=3")
        .contains("expectation 'check: amount >= 0' of table 'clean' is broken by 1 row")
        .contains("on_violation: quarantine, drop or warn");
    assertThat(result.output()).contains("Nothing was published.");
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(record().status()).isEqualTo(RunStatus.FAILED);
    assertThat(table("clean").expectations())
        .extracting(e -> e.status())
        .containsExactly(ExpectationStatus.FAILED, ExpectationStatus.FAILED);
  }

  @Test
  void leavesRowsOutAndKeepsThemWithTheReason() throws IOException {
    Result result =
        kindling(
            "run",
            READ
                + """
                  clean:
                    sql: SELECT * FROM orders
                    expect:
                      - not_null: [kind]
                        on_violation: quarantine
                      - check: amount >= 0
                        on_violation: drop
                      - unique: [number]
                        on_violation: quarantine
                      - check: id < 11
                        on_violation: warn
                    write: { format: parquet, path: out/clean }
                """);

    assertThat(result.errorOutput()).doesNotContain("error");
    assertThat(result.exitCode()).isZero();
    assertThat(rows("out/clean", "SELECT id FROM t ORDER BY id"))
        .isEqualTo("1\n2\n6\n7\n8\n9\n11\n");
    Path quarantine =
        folder.resolve(".kindling/runs").resolve(record().runId()).resolve("quarantine/clean");
    assertThat(
            rows(folder.relativize(quarantine).toString(), "SELECT id, _reason FROM t ORDER BY id"))
        .isEqualTo(
            "0\tnot_null: kind\n3\tunique: number\n4\tunique: number\n5\tnot_null: kind\n"
                + "10\tnot_null: kind\n");
    assertThat(table("clean").expectations())
        .extracting(e -> e.violations())
        .containsExactly(3L, 1L, 2L, 1L);
    assertThat(result.output()).contains("not_null: kind broken by 3 rows, quarantined");
  }

  @Test
  void publishesTheSelectedTablesOnly() throws IOException {
    String tables =
        READ
            + """
              broken: { read: { format: parquet, path: data/missing } }
              clean:
                sql: SELECT * FROM orders
                expect: [{ check: amount >= 0, on_violation: drop }]
                write: { format: parquet, path: out/clean }
                tags: daily
              total:
                sql: SELECT count(*) AS n FROM clean
                write: { format: parquet, path: out/total }
              other:
                sql: SELECT * FROM broken
                write: { format: parquet, path: out/other }
            """;
    Result result = kindling("run", tables, "--select", "total");

    assertThat(result.exitCode()).as(result.errorOutput()).isZero();
    assertThat(rows("out/total", "SELECT n FROM t")).isEqualTo("11\n");
    assertThat(folder.resolve("out/clean")).doesNotExist();
    assertThat(record().tables())
        .extracting(TableRecord::name)
        .containsExactly("orders", "clean", "total");
    assertThat(table("clean").reasons()).contains("not selected: it is not written");

    Result tagged = kindling("run", tables, "--select", "tag:daily");
    assertThat(tagged.exitCode()).as(tagged.errorOutput()).isZero();
    assertThat(rows("out/clean", "SELECT count(*) FROM t")).isEqualTo("11\n");

    Result wrong = kindling("run", tables, "--select", "totl");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.errorOutput())
        .isEqualTo(
            "error: --select names the unknown table 'totl' (accepted: orders, broken, clean,"
                + " total, other). Did you mean 'total'?\n");
  }

  @Test
  void readersOfACheckedTableSeeItsKeptRowsOnly() throws IOException {
    kindling(
        "run",
        READ
            + """
              clean:
                sql: SELECT * FROM orders
                expect: [{ check: amount >= 0, on_violation: drop }]
              total:
                sql: SELECT count(*) AS n, min(amount) AS least FROM clean
                write: { format: parquet, path: out/total }
              other:
                sql: SELECT max(c.amount) AS most FROM clean c JOIN total t ON t.n > 0
                write: { format: parquet, path: out/other }
            """);

    assertThat(rows("out/total", "SELECT n, least FROM t")).isEqualTo("11\t5.00\n");
    assertThat(rows("out/other", "SELECT most FROM t")).isEqualTo("105.00\n");
    assertThat(table("clean").materialisation()).isEqualTo(Materialisation.TEMPORARY);
  }

  @Test
  void planNamesWhatIsRefusedAndWhy() throws IOException {
    String yaml =
        READ
            + """
              random:
                sql: |
                  SELECT id,
                         rand(7) AS r
                  FROM orders
              total:
                sql: SELECT count(*) AS n FROM random
                write: { format: parquet, path: out/total }
            """;
    Result plan = kindling("plan", yaml);

    assertThat(plan.exitCode()).isZero();
    assertThat(plan.output())
        .contains("random: spark, staged")
        .contains("NOT_DETERMINISTIC")
        .contains("rand(7)")
        .contains("total: embedded")
        .contains("staged, because tables on the embedded engine read it");

    Result refused = kindling("run", yaml, "--engine", "embedded");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.errorOutput())
        .contains("table 'random': NOT_DETERMINISTIC", "rand(7)", "--engine auto");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void planAndRecordAreJsonOnRequest() throws IOException {
    String yaml =
        READ + "  copy: { sql: SELECT id FROM orders, write: { format: parquet, path: out/c } }\n";

    assertThat(kindling("plan", yaml, "--output", "json").output())
        .startsWith("{")
        .contains("\"version\" : 1", "\"name\" : \"copy\"", "\"engineSql\"");
    assertThat(kindling("run", yaml, "--output", "json").output())
        .startsWith("{")
        .contains("\"status\" : \"SUCCEEDED\"");
    assertThat(kindling("check", yaml, "--output", "json").output()).contains("\"ok\" : true");
  }

  @Test
  void planShowsWhatIsDecidedForATargetAndWhyWithoutAskingIt() throws IOException {
    String yaml =
        READ
            + """
              copy: { sql: SELECT id FROM orders, write: { format: parquet, path: out/c } }
            targets:
              prod: { master: "spark://127.0.0.1:1", conf: { spark.speculation: false } }
            """;

    Result text = kindling("plan", yaml, "--target", "prod");
    assertThat(text.exitCode()).as(text.errorOutput()).isZero();
    assertThat(text.output())
        .contains("target prod: spark://127.0.0.1:1", "copy: spark")
        .contains(
            "spark.dynamicAllocation.enabled=true\n    executors are started while tasks wait")
        .doesNotContain("spark.speculation");
    assertThat(kindling("plan", yaml, "--target", "prod", "--output", "json").output())
        .contains("\"target\"", "\"setting\" : \"spark.decommission.enabled\"", "\"why\"");
  }

  private static String csvPipeline(String onBadRecord) {
    return """
        pipeline: p
        tables:
          events:
            read:
              format: csv
              path: data/events
              header: true
              schema: "id INT, day DATE"
              on_bad_record: %s
          copy:
            sql: SELECT id, day FROM events
            write: { format: parquet, path: out/copy, mode: overwrite }
        """
        .formatted(onBadRecord);
  }

  @Test
  void badRecordsOfACsvSourceAreKeptCountedOrFatal() throws IOException {
    Data.text(
        folder.resolve("data/events/e.csv"),
        "id,day\n1,2026-01-01\n2,yesterday\nthree,2026-01-03\n4,2026-01-04\n");

    Result kept = kindling("run", csvPipeline("quarantine"));
    assertThat(kept.exitCode()).isZero();
    assertThat(kept.output()).contains("events: 2 bad records → ");
    assertThat(rows("out/copy", "SELECT id FROM t ORDER BY id")).isEqualTo("1\n4\n");
    assertThat(table("events").engine()).isEqualTo(Engine.EMBEDDED);
    Path quarantine =
        folder.resolve(".kindling/runs").resolve(record().runId()).resolve("quarantine/events");
    assertThat(
            rows(
                folder.relativize(quarantine).toString(),
                "SELECT substring_index(_file, '/', -1), _line, _record, _reason IS NOT NULL FROM t"
                    + " ORDER BY _line"))
        .isEqualTo("e.csv\t3\t2,yesterday\ttrue\ne.csv\t4\tthree,2026-01-03\ttrue\n");

    Result dropped = kindling("run", csvPipeline("drop"));
    assertThat(dropped.exitCode()).isZero();
    assertThat(dropped.output()).contains("events: 2 bad records left out");

    Result failed = kindling("run", csvPipeline("fail"));
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.errorOutput())
        .contains("e.csv:3 does not fit the schema: column day")
        .contains("on_bad_record: quarantine");
    assertThat(rows("out/copy", "SELECT count(*) FROM t")).isEqualTo("2\n");

    Result permissive = kindling("run", csvPipeline("permissive"));
    assertThat(permissive.exitCode()).isZero();
    assertThat(rows("out/copy", "SELECT id, day FROM t ORDER BY id NULLS LAST"))
        .isEqualTo("1\t2026-01-01\n2\tNULL\n4\t2026-01-04\nNULL\t2026-01-03\n");
  }

  @Test
  @Tag("suite")
  void refusedTableRunsOnSparkAndCrossesOnce() throws IOException {
    Result result =
        kindling(
            "run",
            READ
                + """
                  strange:
                    sql: SELECT id, rand(7) < 2 AS yes, amount FROM orders
                  total:
                    sql: SELECT count_if(yes) AS n, sum(amount) AS total FROM strange
                    write: { format: parquet, path: out/total }
                  lines:
                    sql: SELECT id, amount FROM strange WHERE id < 3
                    expect: [{ check: uuid() IS NOT NULL AND amount < 10, on_violation: warn }]
                    write: { format: csv, path: out/lines, header: true }
                """);

    assertThat(result.errorOutput()).doesNotContain("error");
    assertThat(result.exitCode()).isZero();
    assertThat(rows("out/total", "SELECT n, total FROM t")).isEqualTo("12\t600.00\n");
    assertThat(table("strange").engine()).isEqualTo(Engine.SPARK);
    assertThat(table("strange").materialisation()).isEqualTo(Materialisation.STAGED);
    assertThat(table("total").engine()).isEqualTo(Engine.EMBEDDED);
    assertThat(table("lines").expectations().get(0).violations()).isEqualTo(1);
    assertThat(result.errorOutput()).contains("Table 'strange' runs on Spark: NOT_DETERMINISTIC");
    assertThat(csvLines()).containsExactlyInAnyOrder("id,amount", "0,-5.00", "1,5.00", "2,15.00");
  }

  private List<String> csvLines() throws IOException {
    try (var files = Files.list(folder.resolve("out/lines"))) {
      Path file = files.filter(f -> f.toString().endsWith(".csv")).findFirst().orElseThrow();
      return Files.readAllLines(file);
    }
  }

  @Test
  @Tag("suite")
  void badRecordsOfAJsonSourceAreKept() throws IOException {
    Data.text(folder.resolve("data/events/e.json"), "{\"id\": 1}\n{\"id\": oops}\n{\"id\": 3}\n");
    Result result =
        kindling(
            "run",
            """
            pipeline: p
            tables:
              events:
                read: { format: json, path: data/events, schema: "id INT", on_bad_record: quarantine }
              copy:
                sql: SELECT id FROM events
                write: { format: parquet, path: out/copy }
            """);

    assertThat(result.errorOutput()).doesNotContain("error");
    assertThat(rows("out/copy", "SELECT id FROM t ORDER BY id")).isEqualTo("1\n3\n");
    assertThat(table("events").badRecords().orElseThrow().count()).isEqualTo(1);
    assertThat(result.output()).contains("events: 1 bad record");

    Result failed =
        kindling(
            "run",
            """
            pipeline: p
            tables:
              events:
                read: { format: json, path: data/events, schema: "id INT" }
              copy:
                sql: SELECT id FROM events
                write: { format: parquet, path: out/copy, mode: overwrite }
            """);
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.errorOutput())
        .contains("Table 'events': 1 record does not fit the schema")
        .contains("data/events/e.json", "{\"id\": oops}")
        .contains("on_bad_record: quarantine");
    assertThat(rows("out/copy", "SELECT count(*) FROM t")).isEqualTo("2\n");
  }
}
