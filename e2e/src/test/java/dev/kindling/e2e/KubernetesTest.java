package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.e2e.kubernetes.SmallCluster;
import dev.kindling.e2e.program.Count;
import dev.kindling.model.process.SparkInstallation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines and applications on Kubernetes, with processes in the place of containers. */
@Tag("cluster")
@Timeout(600)
class KubernetesTest {
  private static final String IMAGE = "apache/spark:4.0.1-scala2.13-java17-ubuntu";

  @TempDir static Path folder;
  private static SmallCluster cluster;
  private static int projects;

  @BeforeAll
  static void start() throws IOException {
    List<String> options = new ArrayList<>(SparkInstallation.moduleOptions());
    options.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    cluster =
        new SmallCluster(
            folder.resolve("cluster"),
            List.of(lib("spark-classpath.jar"), lib("kubernetes-classpath.jar")),
            options);
  }

  @AfterAll
  static void end() {
    cluster.close();
  }

  private static Path lib(String name) {
    return Cli.dist().resolve("lib").resolve(name);
  }

  private static Cli.Result kindling(String... args) {
    return Cli.in(folder).with("KINDLING_STATE", folder.resolve("state").toString()).run(args);
  }

  private static Cli.Result succeeds(String... args) {
    Cli.Result result = kindling(args);
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    return result;
  }

  /** A copy of the example with a target that has these settings. */
  private static Path example(String name, Map<String, String> conf) throws IOException {
    Path project = folder.resolve(name);
    Folders.copy(Cli.root().resolve("examples/revenue"), project);
    StringBuilder target =
        new StringBuilder(
            "targets:%n  pods:%n    master: %s%n    conf:%n".formatted(cluster.master()));
    conf.forEach((key, value) -> target.append("      %s: %s%n".formatted(key, value)));
    Path file = project.resolve("kindling.yaml");
    Files.writeString(file, Files.readString(file) + "\n" + target);
    return project;
  }

  private static String rows(Path output) {
    return succeeds(
            "sql",
            "--output",
            "csv",
            "-e",
            "SELECT * FROM parquet.`%s` ORDER BY ALL".formatted(output))
        .out();
  }

  @Test
  void theExampleGivesTheSameRowsEmbeddedAndInPods() throws IOException {
    Path embedded = example("embedded", Map.of("spark.speculation", "false"));
    succeeds("run", "embedded", "--engine", "embedded");
    Path pods =
        example(
            "pods",
            Map.of("spark.kubernetes.container.image", IMAGE, "spark.executor.memory", "512m"));
    succeeds("run", "pods", "--target", "pods");

    for (String table : List.of("best_customers", "monthly", "sales", "trend")) {
      String expected = rows(embedded.resolve("out").resolve(table));
      assertThat(expected.lines().count()).isGreaterThan(10);
      assertThat(rows(pods.resolve("out").resolve(table))).as(table).isEqualTo(expected);
    }
    // Spark leaves the pods of submitted drivers, so that their logs can be read.
    assertThat(
            cluster
                .client()
                .pods()
                .inAnyNamespace()
                .withLabel("spark-role", "executor")
                .list()
                .getItems())
        .as("executors that are left over")
        .extracting(HasMetadata::getMetadata)
        .isEmpty();
  }

  @Test
  void anApplicationsDriverRunsInAPodAndIsFollowed() throws IOException {
    Path jar = ProgramJar.of(Count.class, folder.resolve("count.jar"));
    Cli.Result good = submit("local://" + jar, "1000");
    assertThat(good.exitCode()).as(good.err()).isZero();
    assertThat(good.err()).contains("was submitted", "is RUNNING", "is SUCCEEDED");

    Cli.Result bad = submit("local://" + jar);
    assertThat(bad.exitCode()).as(bad.err()).isEqualTo(1);
    assertThat(bad.err()).contains("is FAILED", "nothing to count to");

    Cli.Result unreadable = submit(jar.toString(), "1000");
    assertThat(unreadable.exitCode()).as(unreadable.err()).isEqualTo(2);
    assertThat(unreadable.err()).contains("local://", "spark.kubernetes.file.upload.path");
  }

  private static Cli.Result submit(String... application) {
    return kindling(
        Stream.concat(
                Stream.of(
                    "submit",
                    "--master",
                    cluster.master(),
                    "--deploy-mode",
                    "cluster",
                    "--executor-memory",
                    "512m",
                    "--num-executors",
                    "1",
                    "--conf",
                    "spark.kubernetes.container.image=" + IMAGE,
                    "--conf",
                    "spark.kubernetes.driver.master=" + cluster.master().replace("k8s://", ""),
                    "--class",
                    Count.class.getName()),
                Stream.of(application))
            .toArray(String[]::new));
  }

  @Test
  void whatTheClusterDoesNotTakeIsToldBeforeAnythingRuns() throws IOException {
    refused(Map.of(), 2, "which image its pods run", "spark.kubernetes.container.image");
    refused(image("apache/spark:3.5.6"), 2, "Spark 3.5.6", "both must be the same");
    refused(image(SmallCluster.MISSING_IMAGE), 5, "ErrImagePull there is no image missing");
    Map<String, String> elsewhere = new HashMap<>(image(IMAGE));
    elsewhere.put("spark.kubernetes.namespace", "nowhere");
    refused(elsewhere, 2, "it has no namespace 'nowhere'");
    elsewhere.put("spark.kubernetes.namespace", SmallCluster.FORBIDDEN_NAMESPACE);
    refused(elsewhere, 2, "create pods", "rbac.yaml");
    elsewhere.put("spark.kubernetes.namespace", "default");
    elsewhere.put("spark.kubernetes.authenticate.executor.serviceAccountName", "nobody");
    refused(elsewhere, 2, "no service account 'nobody'");
    Cli.Result dead = kindling("run", "refused-0", "--target", "k8s://http://127.0.0.1:1");
    assertThat(dead.exitCode()).as(dead.err()).isEqualTo(5);
    assertThat(dead.err()).contains("answers", "Connection refused");
  }

  private static Map<String, String> image(String name) {
    return Map.of("spark.kubernetes.container.image", name);
  }

  private static void refused(Map<String, String> conf, int exitCode, String... message)
      throws IOException {
    String name = "refused-" + projects++;
    Map<String, String> all = new HashMap<>(conf);
    all.put("spark.executor.memory", "512m");
    Path project = example(name, all);
    Cli.Result result = kindling("run", name, "--target", "pods");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    assertThat(result.err()).contains(message);
    assertThat(project.resolve("out")).doesNotExist();
  }
}
