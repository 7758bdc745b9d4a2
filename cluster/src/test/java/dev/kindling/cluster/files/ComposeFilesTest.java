package dev.kindling.cluster.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules of the Compose specification that the file makes use of, one by one. */
class ComposeFilesTest {
  private static final Set<String> SERVICE_KEYS =
      Set.of(
          "image",
          "hostname",
          "command",
          "environment",
          "configs",
          "volumes",
          "ports",
          "healthcheck",
          "restart",
          "depends_on",
          "deploy");

  private final Made made = Made.of(DeployKind.COMPOSE, 3, 4, 16, Made.options());

  private static List<String> keys(JsonNode node) {
    return Made.list(node.fieldNames());
  }

  @Test
  void everyKeyIsOneOfTheSpecification() throws IOException {
    JsonNode compose = made.yaml("compose.yaml");

    assertThat(keys(compose)).containsExactly("name", "services", "configs", "volumes");
    assertThat(compose.path("name").asText()).matches("[a-z0-9][a-z0-9_-]*");
    assertThat(keys(compose.path("services"))).containsExactly("master", "worker", "history");
    for (JsonNode service : compose.path("services")) {
      assertThat(SERVICE_KEYS).containsAll(keys(service));
      assertThat(service.path("image").asText()).isEqualTo(SparkImage.NAME);
      assertThat(service.path("restart").asText()).isEqualTo("unless-stopped");
      assertThat(service.path("command").isArray()).isTrue();
      for (JsonNode word : service.path("command")) {
        assertThat(word.isTextual()).as(word.toString()).isTrue();
      }
      for (JsonNode value : service.path("environment")) {
        assertThat(value.isValueNode()).isTrue();
      }
      for (JsonNode port : service.path("ports")) {
        assertThat(port.asText()).matches("127\\.0\\.0\\.1:\\d+:\\d+");
      }
    }
  }

  @Test
  void whatIsReferredToIsThere() throws IOException {
    JsonNode compose = made.yaml("compose.yaml");
    for (JsonNode service : compose.path("services")) {
      for (JsonNode config : service.path("configs")) {
        assertThat(compose.path("configs").has(config.path("source").asText())).isTrue();
        assertThat(config.path("target").asText()).startsWith("/");
      }
      for (JsonNode volume : service.path("volumes")) {
        String source = volume.asText().substring(0, volume.asText().lastIndexOf(':'));
        assertThat(source.startsWith("${DATA:-./") || compose.path("volumes").has(source)).isTrue();
      }
      service
          .path("depends_on")
          .fields()
          .forEachRemaining(
              on -> {
                JsonNode other = compose.path("services").path(on.getKey());
                assertThat(on.getValue().path("condition").asText()).isEqualTo("service_healthy");
                assertThat(other.path("healthcheck").path("test").path(0).asText())
                    .isEqualTo("CMD");
              });
    }
  }

  @Test
  void workersHaveTheSizesOfTheSizing() throws IOException {
    JsonNode worker = made.yaml("compose.yaml").path("services").path("worker");
    List<String> command = new ArrayList<>();
    worker.path("command").forEach(word -> command.add(word.asText()));

    assertThat(worker.path("deploy").path("replicas").asInt()).isEqualTo(3);
    assertThat(worker.at("/deploy/resources/limits/memory").asText()).isEqualTo("16384m");
    assertThat(worker.at("/deploy/resources/limits/cpus").asText()).isEqualTo("4");
    assertThat(command)
        .containsSequence("--cores", "3", "--memory")
        .endsWith("spark://master:7077");
    // 15 GB / 1.1 in steps of 64 MB.
    assertThat(command).contains("13952m");
  }

  @Test
  void applicationsGetSettingsThatSparkKnows() throws IOException {
    Properties settings = new Properties();
    settings.load(
        new StringReader(made.yaml("compose.yaml").at("/configs/spark-defaults/content").asText()));

    assertThat(settings)
        .containsEntry("spark.master", "spark://master:7077")
        .containsEntry("spark.executor.cores", "3")
        .containsEntry("spark.executor.memory", "13952m");
    SparkSettings.assertKnown(settings.stringPropertyNames());
  }
}
