package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.e2e.Cli.Result;
import dev.kindling.e2e.program.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines and applications on a Hadoop cluster of one process, with the jars of a Spark 3.5. */
@Tag("cluster")
@Timeout(600)
class YarnTest {
  @TempDir static Path folder;
  private static HadoopProcess yarn;
  private static Path hadoopConf;

  @BeforeAll
  static void start() throws IOException {
    yarn = HadoopProcess.start("YarnCluster", "yarn-site.xml", folder.resolve("yarn"));
    hadoopConf = yarn.conf();
  }

  @AfterAll
  static void end() throws IOException {
    yarn.close();
  }

  private static Path sparkHome() {
    return Spark35.home();
  }

  private static Cli command() {
    return Cli.withClusters(folder);
  }

  /** Settings with which Spark's jars are read where they lie, and nothing goes into a home. */
  private static Map<String, String> conf() {
    return Map.of(
        "spark.yarn.jars",
        "local:" + sparkHome() + "/jars/*",
        "spark.yarn.stagingDir",
        folder.resolve("staging").toUri().toString(),
        "spark.executor.memory",
        "512m");
  }

  @Test
  void theExampleGivesTheSameRowsEmbeddedAndOnTheClustersOwnSpark() throws IOException {
    String embedded = Revenue.embedded(folder.resolve("embedded"));
    StringBuilder target =
        new StringBuilder(
            """
            hadoop:
              master: yarn
              spark_home: %s
              hadoop_conf: %s
              conf:
            """
                .formatted(sparkHome(), hadoopConf));
    conf().forEach((key, value) -> target.append("    %s: \"%s\"%n".formatted(key, value)));
    Path project = Revenue.copy(folder.resolve("hadoop"), target.toString());

    Result run = command().run("run", "hadoop", "--target", "hadoop");

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(Revenue.rows(project)).isEqualTo(embedded);

    Result driver =
        command().run("run", "hadoop", "--target", "hadoop", "--deploy-mode", "cluster");
    assertThat(driver.exitCode()).as(driver.err()).isEqualTo(2);
    assertThat(driver.err()).contains("the master of target 'hadoop' is 'yarn'");
  }

  @Test
  void anApplicationsDriverRunsInAContainerAndIsFollowed() throws IOException {
    Path jar = ProgramJar.of(Count.class, folder.resolve("count.jar"));
    Result good = submit(jar.toString(), "1000");
    assertThat(good.exitCode()).as(good.err()).isZero();
    assertThat(good.err()).contains("Driver application_", "is FINISHED");

    Result bad = submit(jar.toString());
    assertThat(bad.exitCode()).as(bad.err()).isEqualTo(1);
    assertThat(bad.err()).contains("is FAILED", "nothing to count to");
  }

  private static Result submit(String... application) {
    List<String> words =
        new ArrayList<>(List.of("submit", "--master", "yarn", "--deploy-mode", "cluster"));
    words.addAll(List.of("--driver-memory", "512m", "--num-executors", "1"));
    conf().forEach((key, value) -> words.addAll(List.of("--conf", key + "=" + value)));
    words.addAll(List.of("--conf", "spark.yarn.maxAppAttempts=1"));
    words.addAll(List.of("--class", Count.class.getName()));
    words.addAll(List.of(application));
    return command()
        .with("SPARK_HOME", sparkHome().toString())
        .with("HADOOP_CONF_DIR", hadoopConf.toString())
        .run(words.toArray(String[]::new));
  }

  @Test
  void whatIsMissingIsToldBeforeAnythingRuns() throws IOException {
    refused(
        2,
        "hadoop_conf",
        "runs on YARN and does not say where",
        Map.of("SPARK_HOME", sparkHome().toString()));
    refused(
        2,
        "spark_home",
        "Kindling's own Spark has no classes",
        Map.of("HADOOP_CONF_DIR", hadoopConf.toString()));
    Path empty = Files.createDirectories(folder.resolve("empty"));
    refused(
        2,
        "there is no " + empty.resolve("yarn-site.xml"),
        "configuration",
        environment(sparkHome(), empty));
    refused(
        2, "no folder " + empty.resolve("jars"), "cannot be read", environment(empty, hadoopConf));
    refused(
        2,
        "accepted: Spark 4.0 and 3.5",
        "names Spark 3.3.2",
        environment(spark("2.13", "3.3.2"), hadoopConf));
    refused(
        2,
        "accepted: Spark 4.0 and 3.5",
        "for Scala 2.12",
        environment(spark("2.12", "3.5.6"), hadoopConf));
    refused(
        2,
        "without classes for YARN",
        "spark-yarn_",
        environment(spark("2.13", "3.5.6"), hadoopConf));
    Path dead = Files.createDirectories(folder.resolve("dead"));
    Files.writeString(
        dead.resolve("yarn-site.xml"),
        """
        <configuration>
          <property><name>yarn.resourcemanager.address</name><value>127.0.0.1:1</value></property>
        </configuration>
        """);
    refused(5, "127.0.0.1:1", "Connection refused", environment(sparkHome(), dead));
  }

  private static Map<String, String> environment(Path sparkHome, Path hadoop) {
    return Map.of("SPARK_HOME", sparkHome.toString(), "HADOOP_CONF_DIR", hadoop.toString());
  }

  private static Path spark(String scala, String version) throws IOException {
    Path home = folder.resolve("spark-" + version + "-" + scala);
    Path jars = Files.createDirectories(home.resolve("jars"));
    Files.writeString(jars.resolve("spark-core_%s-%s.jar".formatted(scala, version)), "");
    return home;
  }

  private static void refused(
      int exitCode, String message, String more, Map<String, String> environment)
      throws IOException {
    Path project = Files.createDirectories(folder.resolve("refused"));
    Files.writeString(
        project.resolve("kindling.yaml"),
        "pipeline: p\ntables: { a: { sql: SELECT 1 AS one, write: { format: parquet, path: out } } }\n");
    Cli command = command().with("SPARK_HOME", "").with("HADOOP_CONF_DIR", "");
    environment.forEach(command::with);
    Result result = command.run("run", "refused", "--target", "yarn");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    assertThat(result.err()).contains(message, more);
    assertThat(project.resolve("out")).doesNotExist();
  }
}
