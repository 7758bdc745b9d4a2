package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.e2e.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same pipeline file on this machine and on clusters, by the commands that users type. */
@Tag("cluster")
class ClusterTargetTest {
  @TempDir static Path folder;
  private static String embedded;

  @BeforeAll
  static void runEmbedded() throws IOException {
    embedded = Revenue.embedded(folder.resolve("embedded"));
  }

  @AfterEach
  void endWhatIsLeft() {
    Folders.names(folder.resolve("state/clusters"))
        .forEach(name -> kindling("cluster", "down", "--name", name));
  }

  private static Result kindling(String... args) {
    return Cli.withClusters(folder).run(args);
  }

  private static Result succeeds(String... args) {
    Result result = kindling(args);
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    return result;
  }

  /** Runs the example in a folder of its own and reads what it wrote. */
  private static String rows(String name, String... options) throws IOException {
    Path project = Revenue.copy(folder.resolve(name), "");
    succeeds(Stream.concat(Stream.of("run", name), Stream.of(options)).toArray(String[]::new));
    try (Stream<Path> files = Files.walk(project.resolve("out"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(file -> file.startsWith(".") || file.endsWith(".crc"));
    }
    return Revenue.rows(project);
  }

  @Test
  void theExampleGivesTheSameRowsOnLocalSpark() throws IOException {
    assertThat(rows("local", "--engine", "spark")).isEqualTo(embedded);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--ha", "--secure"})
  void theExampleGivesTheSameRowsOnAClusterThatLeavesNothing(String option) throws IOException {
    succeeds(
        Stream.of(
                "cluster",
                "up",
                "--deadline",
                "180",
                "--workers",
                "3",
                "--cores",
                "1",
                "--memory",
                "700m",
                option)
            .filter(word -> !word.isEmpty())
            .toArray(String[]::new));
    assertThat(Processes.naming(folder)).isNotEmpty();

    String rows = rows("on-cluster" + option, "--target", "cluster");
    succeeds("cluster", "down");

    assertThat(rows).isEqualTo(embedded);
    assertThat(Processes.naming(folder)).isEmpty();
    assertThat(Folders.names(folder.resolve("state/clusters/cluster"))).containsExactly("logs");
  }

  @Test
  void whatCannotWorkEndsBeforeAnythingRuns() throws IOException {
    Path project = Files.createDirectories(folder.resolve("small"));
    Files.writeString(
        project.resolve("kindling.yaml"),
        """
        pipeline: small
        tables:
          a: { sql: SELECT 1 AS one, write: { format: parquet, path: out } }
        targets:
          dead: { master: "spark://127.0.0.1:1" }
          other: { master: "spark://127.0.0.1:2" }
        """);
    refused(
        5,
        """
        error: No master of target 'dead' answers:
          127.0.0.1:1: Connection refused
        Check that the cluster runs and that its port is open to this machine.
        """,
        "--target",
        "dead");
    refused(
        2,
        """
        error: Unknown target 'deadd' of --target (accepted: dead, other, a master such as \
        spark://host:7077, spark://host1:7077,host2:7077, k8s://https://host:6443, yarn or \
        local[4]). Did you mean 'dead'?
        """,
        "--target",
        "deadd");
    refused(
        2,
        """
        error: --target cluster runs all tables on Spark, and --engine embedded forbids that. Leave \
        one of them out.
        """,
        "--target",
        "cluster",
        "--engine",
        "embedded");
    staleStateFile();
    refused(
        5,
        """
        error: Cluster 'cluster' is down: none of its 1 processes runs, after a restart of the \
        machine perhaps. 'kindling cluster repair' starts them again, 'kindling cluster down' \
        forgets it.
        """,
        "--target",
        "cluster");
    assertThat(project.resolve("out")).doesNotExist();
    assertThat(project.resolve(".kindling/runs")).doesNotExist();
  }

  private static void refused(int exitCode, String message, String... options) {
    Result result =
        kindling(
            Stream.concat(Stream.of("run", "small"), Stream.of(options)).toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    assertThat(result.err()).isEqualTo(message);
  }

  /** As after a restart of the machine: the process of that number is another one now. */
  private static void staleStateFile() throws IOException {
    Path cluster = Files.createDirectories(folder.resolve("state/clusters/cluster/conf"));
    Files.writeString(cluster.resolve("driver.properties"), "spark.master=spark://127.0.0.1:1\n");
    Files.writeString(
        cluster.resolveSibling("cluster.json"),
        """
        {"version": 1, "createdAt": "2026-01-01T00:00:00Z", "host": "127.0.0.1",
         "masterUrl": "spark://127.0.0.1:1", "secure": false, "processes": [
          {"name": "master", "role": "master", "pid": 1, "startedAt": "2000-01-01T00:00:00Z",
           "host": "127.0.0.1", "port": 1, "webPort": 2}]}
        """);
  }
}
