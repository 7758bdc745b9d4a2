package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.e2e.Cli.Result;
import dev.kindling.e2e.Cli.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose driver is on a worker of a cluster with a secret. */
@Tag("cluster")
class ClusterModeTest {
  private static final String ENDLESS =
      """
      pipeline: endless
      tables:
        endless:
          sql: SELECT java_method('java.lang.Thread', 'sleep', id * 0 + 1000) AS slept FROM range(100000)
          write: { format: parquet, path: out, mode: overwrite }
      """;

  @TempDir static Path folder;

  private Optional<Running> running = Optional.empty();

  @BeforeAll
  static void startCluster() {
    Result up =
        kindling(
            "cluster",
            "up",
            "--workers",
            "2",
            "--cores",
            "1",
            "--memory",
            "700m",
            "--secure",
            "--no-history");
    assertThat(up.exitCode()).as(up.err()).isZero();
  }

  @AfterAll
  static void endCluster() {
    assertThat(kindling("cluster", "down").exitCode()).isZero();
  }

  /** A driver that a failed test leaves would keep the worker from all others. */
  @AfterEach
  void endWhatIsLeft() {
    running.filter(Running::alive).ifPresent(left -> left.signalAll("INT"));
    running.ifPresent(Running::await);
  }

  private static Cli cli() {
    return Cli.withClusters(folder);
  }

  private static Result kindling(String... args) {
    return cli().run(args);
  }

  private static String[] onWorker(String project) {
    return new String[] {"run", project, "--target", "cluster", "--deploy-mode", "cluster"};
  }

  @Test
  void theExampleRunsOnAWorkerAndItsSummaryComesBack() throws IOException {
    String embedded = Revenue.embedded(folder.resolve("here"));
    Path there = Revenue.copy(folder.resolve("there"), "");

    Result run = kindling(onWorker("there"));

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.err())
        .containsPattern("Driver driver-\\S+ is RUNNING on 127")
        .contains("published sales", "is FINISHED");
    assertThat(run.out()).contains("revenue succeeded in", "report: there/.kindling/runs/");
    assertThat(Revenue.rows(there)).isEqualTo(embedded);
  }

  @Test
  void aRunThatFailsThereFailsHereWithItsMessageAndItsExitCode() throws IOException {
    Path project = Files.createDirectories(folder.resolve("broken"));
    Files.writeString(
        project.resolve("kindling.yaml"),
        """
        pipeline: broken
        tables:
          a:
            sql: SELECT id FROM range(3)
            expect: [ { check: id < 2 } ]
            write: { format: parquet, path: out }
        """);
    Result run = kindling(onWorker("broken"));
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(3);
    assertThat(run.err()).contains("expectation 'check: id < 2' of table 'a' is broken by 1 row");
    assertThat(run.out()).contains("broken failed in", "Nothing was published.");
    assertThat(project.resolve("out")).doesNotExist();
  }

  @Test
  void ctrlCEndsTheDriver() throws IOException {
    Running running = startEndless("stopped");
    ProcessHandle driver = driver();
    running.signalAll("INT");
    Result result = running.await();
    assertThat(result.exitCode()).as(result.err()).isEqualTo(130);
    Until.holds(() -> !driver.isAlive(), "the driver is gone");
    assertThat(folder.resolve("stopped/out")).doesNotExist();
  }

  @Test
  void aDriverThatDiesIsToldWithItsLastWords() throws IOException {
    Running running = startEndless("killed");
    driver().destroyForcibly();
    Result result = running.await();
    assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
    assertThat(result.err())
        .containsPattern("error: Driver driver-\\S+ ended as FAILED")
        .contains("The driver ended before the run did");
    assertThat(folder.resolve("killed/out")).doesNotExist();
  }

  private Running startEndless(String name) throws IOException {
    Path project = Files.createDirectories(folder.resolve(name));
    Files.writeString(project.resolve("kindling.yaml"), ENDLESS);
    running = Optional.of(cli().start("", onWorker(name)));
    Until.holds(() -> staged(project), "the table is being computed");
    return running.get();
  }

  // Spark's committer makes its folder when the job that writes begins.
  private static boolean staged(Path project) {
    try (Stream<Path> files = Files.walk(project)) {
      return files.anyMatch(file -> file.endsWith("_temporary"));
    } catch (IOException | java.io.UncheckedIOException e) {
      return false;
    }
  }

  private static ProcessHandle driver() {
    return Until.present(
        () ->
            ProcessHandle.allProcesses()
                .filter(
                    process ->
                        process
                            .info()
                            .commandLine()
                            .filter(line -> line.contains("dev.kindling.cli.launch.DriverMain"))
                            .filter(line -> line.contains("DriverWrapper"))
                            .isPresent())
                .findFirst(),
        "the driver");
  }

  @Test
  void aProjectThatAWorkerDoesNotSeeIsTold() throws IOException {
    Path project = Revenue.copy(folder.resolve("hidden"), "");
    Result up =
        HiddenFolder.command(project, folder)
            .with("KINDLING_STATE", folder.resolve("state").toString())
            .run(
                "cluster",
                "up",
                "--name",
                "blind",
                "--workers",
                "1",
                "--cores",
                "1",
                "--memory",
                "700m",
                "--no-history",
                "--deadline",
                "180");
    HiddenFolder.assumeAllowed(up);
    assertThat(up.exitCode()).as(up.err()).isZero();
    try {
      Result run = kindling("run", "hidden", "--target", "blind", "--deploy-mode", "cluster");

      assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
      assertThat(run.err())
          .contains("The driver could not be started on its worker")
          .contains("the pipeline from '" + project + "'")
          .contains("a shared file system, or leave the driver on this machine");
      assertThat(project.resolve("out")).doesNotExist();
    } finally {
      kindling("cluster", "down", "--name", "blind");
    }
  }

  @Test
  void whatCannotRunSoIsToldAtOnce() throws IOException {
    Path project = Files.createDirectories(folder.resolve("usage"));
    Files.writeString(
        project.resolve("kindling.yaml"), "pipeline: p\ntables:\n  a: { sql: SELECT 1 AS a }\n");
    Result noTarget = kindling("run", "usage", "--deploy-mode", "cluster");
    assertThat(noTarget.exitCode()).isEqualTo(2);
    assertThat(noTarget.err()).contains("name it with --target");
    Result local = kindling("run", "usage", "--deploy-mode", "cluster", "--target", "local[2]");
    assertThat(local.exitCode()).isEqualTo(2);
    assertThat(local.err()).contains("the master of target 'local[2]' is 'local[2]'");
    Result unknown = kindling("run", "usage", "--deploy-mode", "clustre", "--target", "cluster");
    assertThat(unknown.err()).contains("Did you mean 'cluster'?");
  }
}
