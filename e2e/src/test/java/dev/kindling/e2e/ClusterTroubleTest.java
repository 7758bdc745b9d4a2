package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.cluster.local.Cluster;
import dev.kindling.cluster.local.Clusters;
import dev.kindling.e2e.Cli.Result;
import dev.kindling.e2e.Cli.Running;
import dev.kindling.model.process.SparkInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong with a run on a cluster of two Workers: told within seconds, with nothing
 * published and nothing left at the Master.
 */
@Tag("cluster")
class ClusterTroubleTest {
  private static final int WORKERS = 2;

  @TempDir static Path folder;
  private static Path project;

  @BeforeAll
  static void startCluster() throws IOException {
    // Its tasks open their files, and never end by themselves.
    project = project("endless", "SELECT id FROM range(1000000000000000) WHERE id % 7 = 8");
    project("small", "SELECT 1 AS one");
    Result up =
        kindling(
            "cluster",
            "up",
            "--deadline",
            "180",
            "--workers",
            "2",
            "--cores",
            "1",
            "--memory",
            "600m",
            "--no-history");
    assertThat(up.exitCode()).as(up.err()).isZero();
  }

  private static Path project(String pipeline, String sql) throws IOException {
    Path made = Files.createDirectories(folder.resolve(pipeline));
    Files.writeString(
        made.resolve("kindling.yaml"),
        """
        pipeline: %1$s
        tables:
          %1$s: { sql: "%2$s", write: { format: parquet, path: out/%1$s, mode: overwrite } }
        """
            .formatted(pipeline, sql));
    return made;
  }

  @AfterAll
  static void endCluster() {
    assertThat(kindling("cluster", "down").exitCode()).isZero();
    assertThat(Processes.naming(folder)).isEmpty();
  }

  @AfterEach
  void nothingIsPublishedAndNothingHeld() {
    Until.holds(() -> cluster().status().coresUsed() == 0, "a cluster that is free again");
    assertThat(cluster().status().activeApplications()).isZero();
    assertThat(Folders.names(project.resolve("out"))).isEmpty();
    assertThat(Folders.names(folder.resolve("small/out"))).isEmpty();
  }

  private static Cli cli() {
    return Cli.withClusters(folder);
  }

  private static Result kindling(String... args) {
    return cli().run(args);
  }

  private static Cluster cluster() {
    return new Clusters(
            folder.resolve("state/clusters"), SparkInstallation.ofThisProcess(), () -> false)
        .get("cluster");
  }

  /** Starts the endless run and returns once executors write. */
  private static Running startRun() {
    Running running = cli().start("", "run", "endless", "--target", "cluster");
    Until.holds(
        () ->
            !running.alive()
                || (Folders.contains(project, "part-")
                    && cluster().status().coresUsed() == WORKERS),
        "a run whose tasks write");
    assertThat(running.alive()).as(running.out() + running.err()).isTrue();
    return running;
  }

  @Test
  void aClusterThatIsHeldIsToldAtOnceAndCtrlCFreesIt() {
    Running holder = startRun();

    Result second = kindling("run", "small", "--target", "cluster");
    holder.signalAll("INT");
    Result interrupted = holder.await();

    assertThat(second.exitCode()).as(second.err()).isEqualTo(5);
    assertThat(second.err())
        .matches(
            """
            error: No executor can start on spark://127.0.0.1:\\d+ now: one takes 1 core and 600 MB, \
            and the workers have free: 0 cores and 0 MB; 0 cores and 0 MB. It is held by:
              application 'endless' \\(app-\\d+-\\d+\\) of user \\S+: 2 cores, 600 MB an executor
            Run again when that has ended, ask for less \\(spark.executor.memory, \
            spark.executor.cores\\), or add a worker.
            """);
    assertThat(interrupted.exitCode()).as(interrupted.err()).isEqualTo(130);
    assertThat(interrupted.err()).contains("Interrupted");
  }

  @Test
  void aDriverThatDiesIsQuoted() {
    Running running = startRun();
    running
        .launcher()
        .descendants()
        .filter(process -> process.info().commandLine().orElse("").contains("SparkRunner"))
        .forEach(ProcessHandle::destroyForcibly);

    Result result = running.await();

    assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
    assertThat(result.err())
        .contains(
            "Spark's process ended before it answered: signal 9 (SIGKILL), killed from outside."
                + " If nobody killed it, the system did because memory was short: its heap may grow"
                + " to ",
            ", so use a smaller heap or free memory, and run again.",
            "Last lines of its log");
  }

  @Test
  void anOutputThatAWorkerDoesNotSeeIsTold() throws IOException {
    // A Worker with a file system of its own in the place of the output.
    Path out = Files.createDirectories(folder.resolve("small/out"));
    String state = folder.resolve("guest-state").toString();
    Result joined =
        HiddenFolder.command(out, folder)
            .with("KINDLING_STATE", state)
            .run(
                "cluster",
                "join",
                cluster().masterUrl(),
                "--host",
                "127.0.0.9",
                "--cores",
                "1",
                "--memory",
                "600m",
                "--deadline",
                "180");
    HiddenFolder.assumeAllowed(joined);
    try {
      assertThat(joined.exitCode()).as(joined.err()).isZero();

      Result result = kindling("run", "small", "--target", "cluster");

      assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
      assertThat(result.err())
          .endsWith(
              """
              error: Workers of target 'cluster' do not see, or may not write, what this machine sees:
                worker on 127.0.0.9: %s
              Put inputs, outputs and the project where all of them see the same files under the same \
              path, such as a shared file system.
              """
                  .formatted(out));
    } finally {
      Cli.in(folder).with("KINDLING_STATE", state).run("cluster", "down");
    }
  }
}
