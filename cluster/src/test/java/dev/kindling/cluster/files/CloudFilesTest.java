package dev.kindling.cluster.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kindling.cluster.files.CloudImage.Support;
import dev.kindling.cluster.files.Made.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudFilesTest {
  @TempDir Path folder;

  private static DeployOptions spot(double share) {
    return new DeployOptions(List.of(), "spark", Optional.empty(), share);
  }

  @Test
  void emrClusterHasSpotNodesAndScales() throws IOException, InterruptedException {
    Made made = Made.of(DeployKind.EMR, 10, 16, 64, spot(0.7));
    made.writeTo(folder);
    Path bin = folder.resolve("bin");
    Made.stub(bin, "aws");
    Ran ran =
        Made.run(
            folder,
            Map.of(
                "PATH", bin + ":" + System.getenv("PATH"),
                "SUBNET", "subnet-1",
                "LOGS", "s3://b/logs/"),
            "./create-cluster.sh");

    assertThat(ran.exitCode()).as(ran.output()).isZero();
    assertThat(ran.output())
        .contains("<--release-label>\n<emr-spark-8.0.0>\n")
        .contains("<SubnetIds=[subnet-1]>")
        .contains("<file://instance-fleets.json>");
    JsonNode fleets = made.yaml("instance-fleets.json");
    assertThat(fleets.at("/0/InstanceFleetType").asText()).isEqualTo("MASTER");
    assertThat(fleets.at("/1/TargetOnDemandCapacity").asInt()).isEqualTo(3);
    assertThat(fleets.at("/2/TargetSpotCapacity").asInt()).isEqualTo(7);
    assertThat(fleets.at("/2/InstanceTypeConfigs/0/InstanceType").asText())
        .isEqualTo("m6i.4xlarge");
    JsonNode limits = made.yaml("managed-scaling.json").path("ComputeLimits");
    assertThat(limits.path("MinimumCapacityUnits").asInt()).isEqualTo(3);
    assertThat(limits.path("MaximumCapacityUnits").asInt()).isEqualTo(10);
    assertThat(limits.path("MaximumOnDemandCapacityUnits").asInt()).isEqualTo(3);
    // 56 of 64 GB are YARN's: three places of 18.7 GB.
    assertThat(made.yaml("configurations.json").at("/1/Properties/spark.executor.memory").asText())
        .isEqualTo("16g");
    for (String json : List.of("instance-fleets.json", "configurations.json")) {
      assertThat(ran.output()).contains("file://" + json);
      assertThat(Files.exists(folder.resolve(json))).isTrue();
    }
  }

  @Test
  void emrWithoutSpotHasNoTaskNodes() throws IOException {
    Made made = Made.of(DeployKind.EMR, 4, 16, 128, spot(0));

    assertThat(made.yaml("instance-fleets.json")).hasSize(2);
    assertThat(made.yaml("instance-fleets.json").at("/1/TargetOnDemandCapacity").asInt())
        .isEqualTo(4);
    assertThat(made.yaml("managed-scaling.json").at("/ComputeLimits/MinimumCapacityUnits").asInt())
        .isEqualTo(1);
    assertThat(
            Made.of(DeployKind.EMR, 4, 16, 128, spot(1))
                .yaml("instance-fleets.json")
                .at("/1/TargetOnDemandCapacity")
                .asInt())
        .as("one core node stays")
        .isEqualTo(1);
  }

  @Test
  void emrNamesTheMachinesItKnows() {
    assertThatThrownBy(() -> Made.of(DeployKind.EMR, 4, 10, 64, spot(0.5)))
        .hasMessageContaining("No EC2 machine is known with 10 cores and 64 GB")
        .hasMessageContaining("--machine TYPE");
    assertThat(
            Made.of(
                    DeployKind.EMR,
                    4,
                    10,
                    64,
                    new DeployOptions(List.of(), "spark", Optional.of("x9.odd"), 0.5))
                .text("instance-fleets.json"))
        .contains("\"x9.odd\"");
  }

  @ParameterizedTest
  @CsvSource({"3, 16, 64, 4, 10", "10, 5, 8, 4, 9", "2, 4, 256, 4, 2"})
  void batchHasSizesThatTheServiceAccepts(
      int nodes, int cores, long gib, int executorCores, int most)
      throws IOException, InterruptedException {
    Made made = Made.of(DeployKind.DATAPROC, nodes, cores, gib, spot(0));
    made.writeTo(folder);
    Path bin = folder.resolve("bin");
    Made.stub(bin, "gcloud");
    Ran ran =
        Made.run(
            folder,
            Map.of(
                "PATH", bin + ":" + System.getenv("PATH"),
                "REGION", "r",
                "JAR", "gs://b/a.jar",
                "MAIN_CLASS", "M"),
            "./submit-batch.sh",
            "x y");

    assertThat(ran.exitCode()).as(ran.output()).isZero();
    assertThat(ran.output()).contains("<--version=3.0>").endsWith("<-->\n<x y>\n");
    String line =
        ran.output()
            .lines()
            .filter(l -> l.startsWith("<--properties=^;^"))
            .findFirst()
            .orElseThrow();
    Map<String, String> properties = new java.util.HashMap<>();
    for (String pair : line.substring("<--properties=^;^".length(), line.length() - 1).split(";")) {
      properties.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    SparkSettings.assertKnown(properties.keySet());
    assertThat(properties)
        .containsEntry("spark.executor.cores", "" + executorCores)
        .containsEntry("spark.dynamicAllocation.maxExecutors", "" + most);
    for (String who : List.of("executor", "driver")) {
      int perCore =
          (mb(properties.get("spark." + who + ".memory"))
                  + mb(properties.get("spark." + who + ".memoryOverhead")))
              / 4;
      assertThat(perCore).as(who).isBetween(1024, 7424);
    }
  }

  private static int mb(String text) {
    assertThat(text).endsWith("m");
    return Integer.parseInt(text.substring(0, text.length() - 1));
  }

  @Test
  void synapseHasNoSparkToUse() {
    assertThatThrownBy(() -> Made.of(DeployKind.SYNAPSE, 3, 16, 64, spot(0)))
        .hasMessageContaining("Cannot make files for synapse")
        .hasMessageContaining("runtime for Apache Spark 3.5 has Spark 3.5, Scala 2.12")
        .hasMessageContaining("Accepted there instead: kubernetes");
  }

  @ParameterizedTest
  @CsvSource({
    "4.0.2-amzn-0, 2.13, SUPPORTED",
    "4.0.0, 2.13, SUPPORTED",
    "3.5.6, 2.13, RUNNER",
    "3.5, 2.13, RUNNER",
    "3.5.6, 2.12, NONE",
    "4.1.2, 2.13, NONE",
    "3.4.1, 2.13, NONE"
  })
  void supportIsByVersion(String spark, String scala, Support support) {
    assertThat(new CloudImage(DeployKind.EMR, "x", spark, scala, "").support()).isEqualTo(support);
  }

  @Test
  void thePageShowsWhatIsKnown() throws IOException {
    String page = Files.readString(Path.of("../docs/reference/deploy-files.md"));
    for (CloudImage image : CloudImage.ALL) {
      assertThat(page)
          .contains(
              "| `%s` | %s | %s | %s |"
                  .formatted(image.name(), image.spark(), image.scala(), image.known()));
    }
  }
}
