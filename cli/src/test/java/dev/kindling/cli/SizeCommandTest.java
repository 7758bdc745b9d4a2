package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kindling.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeCommandTest {
  @TempDir Path folder;

  private static Result size(String... more) {
    List<String> args = new ArrayList<>(List.of("size"));
    args.addAll(List.of(more));
    return Cli.launch(args.toArray(String[]::new));
  }

  private static Result tenNodes(String... more) {
    List<String> args = new ArrayList<>(List.of("--nodes=10", "--cores=16", "--memory=64g"));
    args.addAll(List.of(more));
    return size(args.toArray(String[]::new));
  }

  @Test
  void explainsTheClassicalExample() {
    Result result = tenNodes();

    assertThat(result.exitCode()).isZero();
    assertThat(result.errorOutput()).isEmpty();
    assertThat(result.output())
        .contains("10 nodes × 3 = 30, less 1 place for YARN's application master")
        .contains("spark.dynamicAllocation.maxExecutors=29")
        .contains("spark.executor.memory=19g")
        .contains("7 % of the place: 19 GB")
        .contains("60 % of heap - 300 MB")
        .contains("rule of thumb: S. Ryza");
  }

  @Test
  void writesJson() throws IOException {
    Result result = tenNodes("--data", "1TB", "--output", "json");
    JsonNode json = new ObjectMapper().readTree(result.output());

    assertThat(json.at("/version").asInt()).isEqualTo(1);
    assertThat(json.at("/executors").asInt()).isEqualTo(29);
    assertThat(json.at("/executorMemory/heap").asLong()).isEqualTo(19L << 30);
    assertThat(json.at("/parallelism/inputWaves").asInt()).isEqualTo(57);
    assertThat(json.at("/settings/spark.sql.shuffle.partitions").asText()).isEqualTo("8265");
    assertThat(json.at("/figures").size()).isGreaterThan(10);
    assertThat(json.at("/disagreements/0/other").asText()).contains("7 %");
  }

  @Test
  void writesSparkDefaultsThatReadAsProperties() throws IOException {
    Properties properties = new Properties();
    properties.load(new java.io.StringReader(tenNodes("--output", "spark-defaults").output()));

    assertThat(properties)
        .containsEntry("spark.executor.cores", "5")
        .containsEntry("spark.executor.memory", "19g")
        .containsEntry("spark.driver.memory", "4g");
  }

  @Test
  void showsTheRegionsOfAHeap() throws IOException {
    Result text = size("--executor-memory", "10g");
    JsonNode json =
        new ObjectMapper().readTree(size("--executor-memory", "10g", "--output", "json").output());

    assertThat(text.output()).contains("300 MB").contains("5,964 MB").contains("2,982 MB");
    assertThat(json.at("/unified").asLong() >> 20).isEqualTo(5964);
  }

  @Test
  void showsStepsOfGrowthWhereOnlyTheDataIsKnown() {
    assertThat(size("--data", "1TB").output().lines().toList())
        .contains("    10         29     145            57              57         162.8 GB");
  }

  @Test
  void takesTheDataFromARun() throws IOException {
    Path run = Files.createDirectories(folder.resolve(".kindling/runs/20260101-000000-000-abcd"));
    Files.writeString(
        run.resolve("run.json"),
        """
        {"version": 1, "runId": "20260101-000000-000-abcd", "pipeline": "p", "file": "kindling.yaml",
         "startedAt": "2026-01-01T00:00:00Z", "finishedAt": "2026-01-01T00:00:02Z",
         "status": "SUCCEEDED", "kindlingVersion": "1", "conf": {}, "published": [],
         "tables": [{"name": "a", "engine": "EMBEDDED", "status": "SUCCEEDED",
           "materialisation": "INLINED", "reasons": [], "refusals": [], "expectations": [],
           "columns": [{"name": "x", "type": "BIGINT", "nullable": true}], "rows": 1000000000,
           "millis": 5, "reads": []}]}
        """);
    Result latest = size("--from", "latest", "-p", folder.toString());
    Result byPath = tenNodes("--from", run.resolve("run.json").toString(), "--output", "json");

    assertThat(latest.output())
        .contains("Run 20260101-000000-000-abcd: 1,000,000,000 rows read, 2.0 s")
        .contains("a: 1,000,000,000 rows × 16 bytes")
        .contains("missing: peak memory, spill and shuffle bytes");
    assertThat(new ObjectMapper().readTree(byPath.output()).at("/request/data").asLong())
        .isEqualTo(16_000_000_000L);
    assertThat(size("--from", "nowhere", "-p", folder.toString()).errorOutput())
        .contains("There is no run 'nowhere'")
        .contains("its newest: 20260101-000000-000-abcd");
  }

  @Test
  void appliesTheSettingsToATargetAndShowsTheChange() throws IOException {
    Path file =
        Data.text(
            folder.resolve("kindling.yaml"),
            """
            pipeline: p
            targets:
              prod:
                master: "spark://h:7077" # ours
                conf:
                  spark.executor.memory: 4g
            """);
    Result result = tenNodes("--apply", "prod", "-p", folder.toString());

    assertThat(result.exitCode()).isZero();
    assertThat(result.output())
        .contains("-      spark.executor.memory: 4g\n+      spark.executor.memory: 19g\n")
        .contains("+      spark.executor.cores: 5\n");
    assertThat(file)
        .content()
        .contains("# ours\n    conf:\n      spark.executor.memory: 19g\n")
        .contains("      spark.sql.shuffle.partitions: 450\n")
        .as("the driver is a process here, which has its memory when it reads this")
        .doesNotContain("spark.driver.memory", "memoryOverhead");
    assertThat(tenNodes("--apply", "prod", "-p", folder.toString()).errorOutput())
        .contains("has these settings already");
    JsonNode json =
        new ObjectMapper()
            .readTree(
                tenNodes("--apply", "prod", "-p", folder.toString(), "--output", "json").output());
    assertThat(json.path("changed").asBoolean(true)).isFalse();
    assertThat(json.at("/settings/spark.executor.memory").asText()).isEqualTo("19g");
    assertThat(tenNodes("--apply", "prd", "-p", folder.toString()).errorOutput())
        .contains("Did you mean 'prod'?");
  }

  @Test
  void localTargetHasNothingToSize() throws IOException {
    String yaml = "pipeline: p\ntargets: { here: { master: \"local[2]\" } }\n";
    Path file = Data.text(folder.resolve("kindling.yaml"), yaml);
    Result result = tenNodes("--apply", "here", "-p", file.toString());

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errorOutput()).contains("Target 'here' is local[2]: one process");
    assertThat(file).hasContent(yaml);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --nodes=10                                       | without --cores and --memory
          --cores=16                                       | without --nodes and --memory
          --nodes=0 --cores=16 --memory=64g                | Cannot read --nodes '0': expected a whole number from 1 to 100000.
          --nodes=ten --cores=16 --memory=64g              | Cannot read --nodes 'ten'
          --nodes=10 --cores=1 --memory=64g                | A node with 1 core has none left for Spark
          --nodes=10 --cores=16 --memory=512m              | has no place for an executor
          --nodes=10 --cores=16 --memory=lots              | Cannot read --memory 'lots'
          --nodes=10 --cores=16 --memory=64g --data=much   | Cannot read --data 'much'
          --nodes=10 --cores=16 --memory=64g --data=0g     | no data
          --nodes=10 --cores=16 --memory=64g --workload=et | Did you mean 'etl'?
          --nodes=10 --cores=16 --memory=64g --manager=x   | accepted: yarn, kubernetes, standalone
          --nodes=10 --cores=16 --memory=64g --overhead=x  | Cannot read --overhead 'x'
          --nodes=10 --cores=16 --memory=64g --overhead=-1 | accepted for --overhead: 0 to 4
          --nodes=10 --cores=16 --memory=64g --output=xml  | Unknown value 'xml' of --output
          --nodes=10 --cores=16 --memory=64g --node=3      | Did you mean '--nodes'?
          --executor-memory=100m                           | at least 450m
          --data=1TB --output=spark-defaults               | needs the machines
          --from=nowhere                                   | There is no run 'nowhere'
          """)
  void namesWhatIsWrong(String options, String message) {
    Result result = size(options.split(" "));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output()).isEmpty();
    assertThat(result.errorOutput()).contains(message);
  }
}
