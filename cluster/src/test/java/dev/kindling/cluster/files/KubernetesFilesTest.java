package dev.kindling.cluster.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kindling.cluster.files.Made.Ran;
import dev.kindling.cluster.sizing.Workload;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesFilesTest {
  /** Fields of the operator's SparkApplicationSpec, v1beta2, of those that the file uses. */
  private static final Set<String> SPEC =
      Set.of(
          "type",
          "mode",
          "sparkVersion",
          "image",
          "imagePullPolicy",
          "mainClass",
          "mainApplicationFile",
          "restartPolicy",
          "timeToLiveSeconds",
          "sparkConf",
          "dynamicAllocation",
          "driver",
          "executor");

  private static final List<String> REQUIRED =
      List.of("driver", "executor", "sparkVersion", "type");

  @TempDir Path folder;

  private final Made made = Made.of(DeployKind.KUBERNETES, 10, 16, 64, Made.options());

  /** The object of a model class, which must know every field and write each one back. */
  private static <T> T read(JsonNode document, Class<T> type) throws IOException {
    T object = Made.YAML.treeToValue(document, type);
    JsonNode back = Made.YAML.readTree(Made.YAML.writeValueAsString(object));
    assertThat(back).isEqualTo(document);
    for (var method : type.getMethods()) {
      if (method.getName().equals("getAdditionalProperties")) {
        try {
          assertThat((Map<?, ?>) method.invoke(object)).as("unknown fields").isEmpty();
        } catch (ReflectiveOperationException e) {
          throw new AssertionError(e);
        }
      }
    }
    return object;
  }

  @Test
  void accessRulesAreObjectsOfKubernetes() throws IOException {
    List<JsonNode> documents = made.documents("rbac.yaml");
    Role role = read(documents.get(2), Role.class);
    RoleBinding binding = read(documents.get(3), RoleBinding.class);

    assertThat(read(documents.get(0), Namespace.class).getMetadata().getName()).isEqualTo("spark");
    assertThat(read(documents.get(1), ServiceAccount.class).getMetadata().getName())
        .isEqualTo("spark");
    assertThat(role.getRules().get(0).getAdditionalProperties()).isEmpty();
    assertThat(role.getRules().get(0).getResources()).contains("pods", "services", "configmaps");
    assertThat(role.getRules().get(0).getVerbs()).contains("patch", "deletecollection");
    assertThat(binding.getRoleRef().getName()).isEqualTo(role.getMetadata().getName());
    assertThat(binding.getSubjects().get(0).getName()).isEqualTo("spark");
    assertThat(documents).hasSize(4);
  }

  @Test
  void applicationHasTheFieldsOfTheOperator() throws IOException {
    JsonNode application = made.yaml("spark-application.yaml");
    JsonNode spec = application.path("spec");

    assertThat(application.path("apiVersion").asText()).isEqualTo("sparkoperator.k8s.io/v1beta2");
    assertThat(SPEC).containsAll(Made.list(spec.fieldNames()));
    assertThat(Made.list(spec.fieldNames())).containsAll(REQUIRED);
    assertThat(spec.path("type").asText()).isIn("Java", "Scala", "Python", "R");
    assertThat(spec.path("sparkVersion").asText()).isEqualTo("4.0.1");
    assertThat(spec.at("/restartPolicy/type").asText()).isIn("Never", "OnFailure", "Always");
    assertThat(spec.at("/executor/cores").isInt()).isTrue();
    assertThat(spec.at("/executor/memory").asText()).isEqualTo("19g");
    assertThat(spec.at("/executor/memoryOverhead").asText()).isEqualTo("1946m");
    assertThat(spec.at("/driver/serviceAccount").asText()).isEqualTo("spark");
    assertThat(spec.at("/dynamicAllocation/maxExecutors").asInt()).isEqualTo(29);
    assertThat(spec.at("/dynamicAllocation/shuffleTrackingEnabled").isBoolean()).isTrue();
    for (JsonNode value : spec.path("sparkConf")) {
      assertThat(value.isTextual()).as(value.toString()).isTrue();
    }
    SparkSettings.assertKnown(Made.list(spec.path("sparkConf").fieldNames()));
    for (String pod : List.of("driver", "executor")) {
      assertThat(read(spec.path(pod).path("securityContext"), SecurityContext.class).getRunAsUser())
          .isEqualTo(185);
    }
  }

  @Test
  void applicationWithoutDynamicAllocationHasAllItsExecutors() throws IOException {
    JsonNode spec =
        Made.of(DeployKind.KUBERNETES, Made.request(10, 16, 64, Workload.ML), Made.options())
            .yaml("spark-application.yaml")
            .path("spec");

    assertThat(spec.at("/dynamicAllocation/enabled").asBoolean(true)).isFalse();
    assertThat(spec.at("/executor/instances").asInt()).isEqualTo(29);
  }

  @Test
  void submissionHandsSparkWholeWords() throws IOException, InterruptedException {
    made.writeTo(folder);
    Made.stub(folder.resolve("spark/bin"), "spark-submit");
    Ran ran =
        Made.run(
            folder,
            Map.of(
                "SPARK_HOME", folder.resolve("spark").toString(),
                "API_SERVER", "https://h:6443",
                "IMAGE", "r/app:1",
                "MAIN_CLASS", "com.example.App"),
            "./submit.sh",
            "an argument",
            "2");

    assertThat(ran.exitCode()).as(ran.output()).isZero();
    assertThat(ran.output())
        .contains("<--master>\n<k8s://https://h:6443>\n<--deploy-mode>\n<cluster>\n")
        .contains("<--conf>\n<spark.executor.memory=19g>\n")
        .endsWith("<local:///opt/spark/app/app.jar>\n<an argument>\n<2>\n");
    SparkSettings.assertKnown(
        ran.output()
            .lines()
            .filter(line -> line.startsWith("<spark."))
            .map(line -> line.substring(1, line.indexOf('=')))
            .toList());
  }

  @Test
  void submissionSaysWhatItNeeds() throws IOException, InterruptedException {
    made.writeTo(folder);
    Ran ran = Made.run(folder, Map.of("SPARK_HOME", "/opt/spark", "API_SERVER", ""), "./submit.sh");

    assertThat(ran.exitCode()).isNotZero();
    assertThat(ran.output()).contains("API_SERVER: set it to the address");
    assertThat(Made.run(folder, Map.of(), "bash", "-n", "submit.sh").exitCode()).isZero();
  }

  @Test
  void imageIsSparksOwn() {
    assertThat(made.text("Dockerfile").lines().filter(line -> line.matches("[A-Z]+ .*")))
        .containsExactly(
            "FROM apache/spark:4.0.1-scala2.13-java17-ubuntu",
            "COPY --chown=185:185 app.jar /opt/spark/app/app.jar",
            "USER 185");
  }

  @Test
  void namespaceMustBeOne() {
    assertThatThrownBy(() -> new DeployOptions(List.of(), "My_Spark", Optional.empty(), 0.5))
        .hasMessageContaining("Cannot use 'My_Spark' of --namespace");
  }
}
