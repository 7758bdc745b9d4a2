package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.e2e.Cli.Result;
import dev.kindling.model.process.SparkInstallation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Targets on a Hadoop cluster of one process, with the jars of a Spark 3.5. */
@Tag("cluster")
@Timeout(600)
class YarnTest {
  @TempDir static Path folder;
  private static Process yarn;
  private static Path hadoopConf;

  @BeforeAll
  static void start() throws IOException {
    hadoopConf = Files.createDirectories(folder.resolve("hadoop-conf"));
    Path made = Path.of(System.getProperty("kindling.spark35"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SparkInstallation.moduleOptions());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(
        String.join(
            File.pathSeparator,
            made.resolve("classes").toString(),
            made.resolve("hadoop/*").toString(),
            sparkHome().resolve("jars/*").toString()));
    command.addAll(List.of("dev.kindling.spark35.YarnCluster", hadoopConf.toString()));
    yarn =
        new ProcessBuilder(command)
            .directory(Files.createDirectories(folder.resolve("yarn")).toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("yarn.log").toFile())
            .start();
    Until.holds(
        () -> Files.exists(hadoopConf.resolve("yarn-site.xml")) || !yarn.isAlive(),
        "the YARN cluster");
    assertThat(yarn.isAlive()).as(Files.readString(folder.resolve("yarn.log"))).isTrue();
  }

  @AfterAll
  static void end() throws Exception {
    yarn.getOutputStream().close();
    if (!yarn.waitFor(20, TimeUnit.SECONDS)) {
      yarn.destroyForcibly();
    }
  }

  private static Path sparkHome() {
    return Path.of(System.getProperty("kindling.spark35"), "spark-home").normalize();
  }

  private static Cli command() {
    return Cli.in(folder).with("KINDLING_STATE", folder.resolve("state").toString());
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
