package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.kindling.cli.Cli.Result;
import dev.kindling.storage.ProjectDirectory;
import dev.kindling.storage.ProjectLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user gets who makes a mistake: what failed, where, what was found, what to do. */
class BadInputTest {
  @TempDir Path folder;

  private Path pipeline(String yaml) throws IOException {
    return Data.text(folder.resolve("kindling.yaml"), yaml);
  }

  private Path orders() throws IOException, SQLException {
    return Data.parquet(
        folder.resolve("data/orders/orders.parquet"),
        "SELECT i AS id, i % 3 AS kind, i * 1.5::DECIMAL(9,2) AS amount FROM range(10) t(i)");
  }

  private Result kindling(String command, String... more) {
    String[] args = new String[more.length + 2];
    args[0] = command;
    args[1] = folder.toString();
    System.arraycopy(more, 0, args, 2, more.length);
    return Cli.launch(args);
  }

  private String at(int line, int column) {
    return folder.resolve("kindling.yaml") + ":" + line + ":" + column + ": ";
  }

  private Path unpublished() {
    return folder.resolve("out");
  }

  @Test
  void allProblemsOfTheFileComeInOneReport() throws IOException {
    pipeline(
        """
        pipeline: broken
        tables:
          orders:
            read: { formt: parquet, path: 7 }
          revenue:
            sql: [1, 2]
        """);
    Result result = kindling("check", "--fast");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output().lines()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(result.output()).contains(":4:13: ").contains("formt").contains("'format'");
    assertThat(result.output()).contains(":6:").contains("sql");
    assertThat(kindling("run").exitCode()).isEqualTo(2);
  }

  @Test
  void unknownTablesAndColumnsComeInOneReportToo() throws IOException, SQLException {
    orders();
    pipeline(
        """
        pipeline: broken
        tables:
          orders:
            read: { format: parquet, path: data/orders }
          first:
            sql: |
              SELECT id,
                     amuont
              FROM orders
          second:
            sql: SELECT * FROM ordrs
          third:
            sql: SELECT id,, kind FROM orders
          fourth:
            sql: SELECT kind FROM orders
            expect: [{ not_null: [id] }]
        """);
    Result result = kindling("check");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output())
        .contains(at(8, 14))
        .contains("[UNRESOLVED_COLUMN.WITH_SUGGESTION]", "`amount`")
        .contains(at(11, 24))
        .contains("[TABLE_OR_VIEW_NOT_FOUND]")
        .contains(at(13, 20))
        .contains("[PARSE_SYNTAX_ERROR]")
        .contains(at(16, 16))
        .contains("The expectation 'not_null: id' does not fit");
    assertThat(result.errorOutput()).contains("4 errors.");

    Result run = kindling("run");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorOutput()).contains(at(8, 14), at(11, 24), at(13, 20), at(16, 16));
    assertThat(folder.resolve(".kindling/runs"))
        .satisfiesAnyOf(
            runs -> assertThat(runs).doesNotExist(), runs -> assertThat(runs).isEmptyDirectory());
  }

  @Test
  void cycleNamesItsWay() throws IOException {
    pipeline(
        """
        pipeline: round
        tables:
          a: { sql: SELECT * FROM b }
          b: { sql: SELECT * FROM c }
          c: { sql: SELECT * FROM a }
        """);
    Result result = kindling("check");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output()).contains("depends on itself: a → b → c → a");
  }

  @Test
  void missingFileIsNamedWithItsPlace() throws IOException {
    pipeline(
        """
        pipeline: p
        tables:
          orders:
            read: { format: parquet, path: data/nowhere }
        """);
    Result result = kindling("check");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output())
        .contains(at(4, 5))
        .contains("there is no file or folder", "data/nowhere", "Check the path");
  }

  @Test
  void emptyFolderIsNamed() throws IOException {
    Files.createDirectories(folder.resolve("data/empty"));
    pipeline(
        """
        pipeline: p
        tables:
          orders:
            read: { format: parquet, path: data/empty }
        """);
    Result result = kindling("check");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output()).contains("data/empty");
  }

  @Test
  void truncatedParquetIsNamed() throws IOException, SQLException {
    Path file = orders();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 20));
    Result result =
        Cli.launch("sql", "--table", "orders=" + file, "-e", "SELECT count(*) FROM orders");

    assertThat(result.exitCode()).isIn(1, 2, 5);
    assertThat(result.output()).isEmpty();
    assertThat(result.errorOutput()).contains("orders.parquet").doesNotContain("Internal error");
  }

  @Test
  void schemaThatDoesNotFitTheQueryIsSparksError() throws IOException, SQLException {
    orders();
    pipeline(
        """
        pipeline: p
        tables:
          orders:
            read: { format: parquet, path: data/orders }
          sums:
            sql: SELECT array_contains(kind, 1) FROM orders
        """);
    Result result = kindling("check");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output()).contains(at(6, 17)).contains("[DATATYPE_MISMATCH");
  }

  @Test
  @Tag("slow")
  void divisionByZeroAndOverflowAreSparksErrorsAndPublishNothing()
      throws IOException, SQLException {
    orders();
    pipeline(
        """
        pipeline: p
        tables:
          orders:
            read: { format: parquet, path: data/orders }
          ratios:
            sql: |
              SELECT id,
                     amount / kind AS ratio
              FROM orders
            write: { format: parquet, path: out/ratios }
        """);
    Result division = kindling("run");

    assertThat(division.exitCode()).isEqualTo(1);
    assertThat(division.errorOutput()).contains("[DIVIDE_BY_ZERO]").contains(at(8, 14));
    assertThat(unpublished().resolve("ratios")).doesNotExist();

    Result overflow =
        Cli.launch(
            "sql",
            "--table",
            "orders=" + folder.resolve("data/orders"),
            "-e",
            "SELECT cast(id + 2147483640 AS INT) FROM orders");
    assertThat(overflow.exitCode()).isEqualTo(1);
    assertThat(overflow.output()).isEmpty();
    assertThat(overflow.errorOutput()).contains("[CAST_OVERFLOW]");
  }

  @Test
  void outputThatExistsIsNotTouchedInModeError() throws IOException, SQLException {
    orders();
    Path kept = Data.text(folder.resolve("out/copy/mine.txt"), "mine");
    pipeline(
        """
        pipeline: p
        tables:
          orders:
            read: { format: parquet, path: data/orders }
          copy:
            sql: SELECT * FROM orders
            write: { format: parquet, path: out/copy, mode: error }
        """);
    Result result = kindling("run");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errorOutput())
        .contains("out/copy")
        .contains("exists already; mode is error")
        .contains("overwrite or append");
    assertThat(kept).hasContent("mine");
  }

  @Test
  void outputMayNotBeAnInputNorAnotherOutput() throws IOException, SQLException {
    orders();
    pipeline(
        """
        pipeline: p
        tables:
          orders:
            read: { format: parquet, path: data/orders }
          back:
            sql: SELECT * FROM orders
            write: { format: parquet, path: data/orders, mode: overwrite }
          one:
            sql: SELECT * FROM orders
            write: { format: parquet, path: out/same, mode: overwrite }
          two:
            sql: SELECT * FROM orders
            write: { format: parquet, path: out/same, mode: overwrite }
        """);
    Result result = kindling("check", "--fast");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output())
        .contains("the input of table 'orders'")
        .contains("the output of table 'one'");
  }

  @Test
  void secondRunInTheSameProjectIsToldWhoRuns() throws IOException, SQLException {
    orders();
    pipeline(
        """
        pipeline: p
        tables:
          orders:
            read: { format: parquet, path: data/orders }
        """);
    try (ProjectLock lock = ProjectLock.acquire(ProjectDirectory.of(folder), "kindling run")) {
      Result result = kindling("run");

      assertThat(lock.project().root()).isNotNull();
      assertThat(result.exitCode()).isEqualTo(5);
      assertThat(result.errorOutput())
          .contains("Another run holds this project: `kindling run` (pid ")
          .contains("Wait for it, or stop it.");
    }
    assertThat(kindling("run").exitCode()).isZero();
  }

  @Test
  void folderThatMayNotBeWrittenIsNamed() throws IOException, SQLException {
    assumeFalse(System.getProperty("user.name").equals("root"), "root may write everywhere");
    orders();
    Path locked = Files.createDirectories(folder.resolve("locked"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
    pipeline(
        """
        pipeline: p
        tables:
          orders:
            read: { format: parquet, path: data/orders }
          copy:
            sql: SELECT * FROM orders
            write: { format: parquet, path: locked/copy }
        """);
    Result result = kindling("run");

    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.errorOutput()).contains("may not write to locked");
  }

  @Test
  void tableWithTwoThousandColumnsRuns() throws IOException, SQLException {
    String columns =
        IntStream.range(0, 2000).mapToObj(i -> i + " AS c" + i).collect(Collectors.joining(", "));
    Data.parquet(folder.resolve("data/wide/wide.parquet"), "SELECT " + columns);
    pipeline(
        """
        pipeline: p
        tables:
          wide:
            read: { format: parquet, path: data/wide }
          copy:
            sql: SELECT *, c1999 + 1 AS more FROM wide
            write: { format: parquet, path: out/copy }
        """);
    Result result = kindling("run");

    assertThat(result.errorOutput()).doesNotContain("error");
    assertThat(result.exitCode()).isZero();
    assertThat(
            Cli.launch(
                    "sql",
                    "--table",
                    "t=" + folder.resolve("out/copy"),
                    "-e",
                    "SELECT c7, more FROM t")
                .output())
        .isEqualTo("7\t2000\n");
  }

  @Test
  void secretsReachNeitherTalkNorRecordNorReport() throws IOException, SQLException {
    orders();
    pipeline(
        """
        pipeline: p
        conf: { spark.hadoop.fs.s3a.secret.key: tell-nobody }
        params: { api_token: tell-nobody }
        tables:
          orders:
            read: { format: parquet, path: data/orders }
          copy:
            sql: SELECT * FROM orders
            write: { format: parquet, path: out/copy }
        """);
    Result result = kindling("run");

    assertThat(result.errorOutput() + result.output()).doesNotContain("tell-nobody");
    assertThat(result.exitCode()).isZero();
    try (var files = Files.walk(folder.resolve(".kindling"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(
                new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("tell-nobody");
      }
    }
  }

  private static final String TOO_LARGE =
      """
      pipeline: large
      tables:
        sorted:
          sql: SELECT id, md5(CAST(id AS STRING)) AS h FROM range(1000000000000) ORDER BY h
          write: { format: parquet, path: out/sorted }
        small:
          sql: SELECT count(*) AS n FROM range(10)
          write: { format: parquet, path: out/small }
      """;

  @Test
  void tableThatCannotFitIsToldBeforeAnythingRuns() throws IOException {
    Data.text(folder.resolve("kindling.yaml"), TOO_LARGE);
    Result result = Cli.launch("run", folder.toString(), "--memory", "100m");
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.errorOutput())
        .contains(
            "kindling.yaml:3:3: Table 'sorted' needs about 44 TB",
            "100 MB of memory",
            "--target",
            "kindling size");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void tableThatCannotFitIsPlannedForTheTarget() throws IOException {
    Data.text(
        folder.resolve("kindling.yaml"),
        TOO_LARGE + "target: big\ntargets:\n  big: { master: 'spark://127.0.0.1:1' }\n");
    Result plan = Cli.launch("plan", folder.toString(), "--memory", "100m");
    assertThat(plan.output())
        .contains("sorted: spark", "on target 'big', because it needs about 44 TB")
        .contains("small: embedded");
    Result run = Cli.launch("run", folder.toString(), "--memory", "100m");
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.errorOutput()).contains("No master of target 'big' answers");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
