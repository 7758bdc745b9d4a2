package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.e2e.kubernetes.SmallCluster;
import dev.kindling.e2e.program.Count;
import dev.kindling.model.process.SparkInstallation;
import dev.kindling.spark.protocol.Result;
import dev.kindling.spark.protocol.SparkProcess;
import dev.kindling.spark.protocol.SparkSettings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
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
    return Cli.withClusters(folder).run(args);
  }

  /** A copy of the example with a target that has these settings. */
  private static Path example(String name, Map<String, String> conf) throws IOException {
    StringBuilder target =
        new StringBuilder("pods:%n  master: %s%n  conf:%n".formatted(cluster.master()));
    conf.forEach((key, value) -> target.append("    %s: %s%n".formatted(key, value)));
    return Revenue.copy(folder.resolve(name), target.toString());
  }

  @Test
  void theExampleGivesTheSameRowsEmbeddedAndInPods() throws IOException {
    String embedded = Revenue.embedded(folder.resolve("embedded"));
    Path project =
        example(
            "pods",
            Map.of("spark.kubernetes.container.image", IMAGE, "spark.executor.memory", "512m"));

    Cli.Result run = kindling("run", "pods", "--target", "pods");

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(Revenue.rows(project)).isEqualTo(embedded);
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
  void anExecutorThatIsKilledIsReplacedAndTheRowsAreExact() {
    Map<String, String> conf = new HashMap<>(ShuffleJob.conf());
    conf.putAll(image(IMAGE));
    conf.put("spark.master", cluster.master());
    conf.put("spark.app.name", "killed");
    conf.put("spark.executor.instances", "2");
    conf.put("spark.executor.memory", "512m");
    SparkSettings settings =
        SparkSettings.of(
                List.of(lib("spark-classpath.jar"), lib("kubernetes-classpath.jar")),
                folder.resolve("killed"),
                folder.resolve("killed.log"))
            .withConf(conf)
            .withHeapBytes(768L << 20)
            .withStartDeadline(Duration.ofMinutes(5));
    AtomicReference<ProcessHandle> killed = new AtomicReference<>();
    try (SparkProcess driver = SparkProcess.start(settings)) {
      Result result =
          ShuffleJob.run(
              driver,
              stage -> {
                if (stage == 1 && killed.get() == null) {
                  killed.set(cluster.processes("killed-").get(0));
                  killed.get().destroyForcibly();
                }
              });

      assertThat(killed.get()).as("the executor that was killed").isNotNull();
      // What the lost executor had computed was computed again.
      assertThat(result.counters().failedTasks()).isPositive();
      Until.holds(
          () ->
              cluster.client().pods().inAnyNamespace().list().getItems().stream()
                  .anyMatch(pod -> pod.getMetadata().getName().endsWith("-exec-3")),
          "a third executor");
    }
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
