package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("suite")
class CompareCommandTest {
  @TempDir Path folder;

  @Test
  void saysWhatIsEqualAndWhatProvesNothing() throws IOException, SQLException {
    Data.parquet(
        folder.resolve("tables/t.parquet"),
        "SELECT i, i / 7 AS x, i % 4 AS k FROM range(1000) r(i)");
    Result result =
        Cli.launch(
            "compare",
            "--tables",
            folder.resolve("tables").toString(),
            "-e",
            "SELECT k, count(*), sum(x) AS s FROM t GROUP BY k;"
                + " SELECT i FROM t ORDER BY i DESC LIMIT 10; SELECT rand(1) FROM t");

    assertThat(result.exitCode()).isZero();
    assertThat(result.output())
        .contains("statement 1: equal, 4 rows")
        .contains("sums of floating point numbers")
        .contains("statement 2: equal, 10 rows")
        .contains("statement 3: not compared, 1,000 rows")
        .contains("this proves nothing")
        .contains("2 of 3 equal");
  }

  @Test
  void comparesErrorsTiesAndSamples() throws IOException, SQLException {
    Data.parquet(folder.resolve("tables/t.parquet"), "SELECT i, i % 2 AS k FROM range(100) r(i)");
    Result result =
        Cli.launch(
            "compare",
            "--sample",
            "10",
            "--tables",
            folder.resolve("tables").toString(),
            "-e",
            "SELECT count(*) FROM t; SELECT k, i FROM t ORDER BY k; SELECT sum(1 / (i - 5)) FROM t");

    assertThat(result.exitCode()).isZero();
    assertThat(result.output())
        .contains("statement 1: equal, 1 row")
        .contains("statement 2: equal, 10 rows")
        .contains("both engines fail: ")
        .contains("DIVIDE_BY_ZERO")
        .contains("3 of 3 equal");
  }

  @Test
  void comparesTheWrittenTablesOfAPipelineAndPublishesNothing() throws IOException, SQLException {
    Data.parquet(folder.resolve("data/t.parquet"), "SELECT i, i % 4 AS k FROM range(1000) r(i)");
    Data.text(
        folder.resolve("kindling.yaml"),
        """
        pipeline: p
        tables:
          t: { read: { format: parquet, path: data/t.parquet } }
          sums:
            sql: SELECT k, sum(i) AS s FROM t GROUP BY k
            write: { format: parquet, path: out/sums }
        """);
    Result result = Cli.launch("compare", folder.toString(), "--output", "json");

    assertThat(result.exitCode()).isZero();
    assertThat(result.output()).contains("\"verdict\" : \"equal\"", "\"name\" : \"sums\"");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
