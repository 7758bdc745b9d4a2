package dev.kindling.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The harness itself on real engines; nothing here looks at how long anything takes. */
@Tag("suite")
class WorkloadBenchTest {
  @TempDir static Path temp;

  @Test
  void aDifferenceToSparkIsFoundAndExitsWithOne() throws IOException {
    // Raw DuckDB takes the place of an engine with wrong answers: its average of decimals is a
    // DOUBLE, where Spark gives a decimal. Its answer to query 6 is Spark's.
    Result result =
        bench("--queries", "1,6", "--engines", "duckdb,kindling,spark", "--output", "json");
    assertThat(result.exitCode()).isEqualTo(1);
    JsonNode report = Output.JSON.readTree(result.out());
    assertThat(report.path("problems")).hasSize(1);
    assertThat(report.path("problems").get(0).asText())
        .startsWith("q1 on raw DuckDB differs from Spark: types are ");
    assertThat(report.path("queries").get(0).path("equalToSpark").path("duckdb").asBoolean())
        .isFalse();
    assertThat(report.path("queries").get(1).path("equalToSpark").path("duckdb").asBoolean())
        .isTrue();
    for (JsonNode query : report.path("queries")) {
      assertThat(query.path("equalToSpark").path("kindling").asBoolean()).isTrue();
    }
    assertThat(report.path("timings")).hasSize(6);
    try (Stream<Path> files = Files.list(temp.resolve("out"))) {
      assertThat(files.map(Path::toString)).anyMatch(name -> name.endsWith(".csv"));
    }
  }

  @Test
  void anEngineAloneIsTimedAndExitsWithZero() {
    Result result = bench("--queries", "6", "--engines", "duckdb");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("q6").contains("total").contains("Machine: ");
    assertThat(result.err()).contains("Java heap 512 MB");
  }

  @Test
  void aMinimumWithoutSparkIsAWrongCommandLine() {
    Result result = bench("--queries", "6", "--engines", "duckdb", "--min", "9");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--min compares with Spark");
  }

  private record Result(int exitCode, String out, String err) {}

  private static Result bench(String... args) {
    List<String> all = new ArrayList<>(List.of("tpch", "--scale", "0.01", "--rounds", "1"));
    all.addAll(List.of("--memory", "1g", "--data", temp.resolve("data").toString()));
    all.addAll(List.of("--out", temp.resolve("out").toString()));
    all.addAll(List.of(args));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        Bench.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            all.toArray(String[]::new));
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
