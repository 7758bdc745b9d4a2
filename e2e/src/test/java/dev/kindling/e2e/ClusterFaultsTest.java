package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kindling.cluster.local.Cluster;
import dev.kindling.cluster.local.ClusterOptions;
import dev.kindling.cluster.local.Clusters;
import dev.kindling.cluster.local.Member;
import dev.kindling.cluster.local.Role;
import dev.kindling.cluster.local.WorkerSize;
import dev.kindling.model.process.SparkInstallation;
import dev.kindling.spark.protocol.Output;
import dev.kindling.spark.protocol.Query;
import dev.kindling.spark.protocol.Result;
import dev.kindling.spark.protocol.SparkProcess;
import dev.kindling.spark.protocol.SparkSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A job of 1.2 million rows, twelve partitions and three shuffles gives the same rows when parts of
 * the cluster go down under it. What each loss costs is printed beside the undisturbed run.
 */
@Tag("cluster")
@Timeout(300)
class ClusterFaultsTest {
  private static final int ROWS = 1_200_000;
  private static final int KEYS = 100_000;
  private static final int GROUPS = 1_000;

  // The hashes give every stage some work, so that a loss meets it in the middle.
  private static final String JOB =
      """
      WITH a AS (
        SELECT id %% %2$d AS k, count(*) AS n, sum(id) AS s,
               max(sha2(repeat(CAST(id AS STRING), 30), 512)) AS h
        FROM range(0, %1$d, 1, 12) GROUP BY 1),
      b AS (
        SELECT k %% %3$d AS m, sum(n) AS n, sum(s) AS s, max(sha2(repeat(h, 40), 512)) AS h
        FROM a GROUP BY 1)
      SELECT m, n, s, rank() OVER (PARTITION BY m %% 12 ORDER BY s, h) AS r FROM b
      """
          .formatted(ROWS, KEYS, GROUPS);

  private enum Fault {
    EXECUTOR_KILLED(1),
    WORKER_KILLED_IN_STAGE_0(0),
    WORKER_KILLED_IN_STAGE_1(1),
    WORKER_KILLED_IN_STAGE_2(2),
    WORKER_DRAINED(1);

    private final int stage;

    Fault(int stage) {
      this.stage = stage;
    }

    void strike(Cluster cluster) {
      ProcessHandle worker = process(cluster.state().members(Role.WORKER).get(0));
      List<ProcessHandle> executors = worker.children().toList();
      switch (this) {
        case EXECUTOR_KILLED -> executors.forEach(ProcessHandle::destroyForcibly);
        case WORKER_DRAINED -> Cli.signal("PWR", worker);
        default -> {
          worker.destroyForcibly();
          executors.forEach(ProcessHandle::destroyForcibly);
        }
      }
    }
  }

  @TempDir Path folder;

  private static ProcessHandle process(Member member) {
    return ProcessHandle.of(member.process().pid()).orElseThrow();
  }

  private SparkProcess start(Cluster cluster, SparkInstallation spark) {
    Map<String, String> conf = new HashMap<>(cluster.driverConf());
    conf.put("spark.master", cluster.masterUrl());
    conf.put("spark.sql.shuffle.partitions", "12");
    // It would join the shuffle's partitions, and leave fewer tasks to be lost.
    conf.put("spark.sql.adaptive.enabled", "false");
    return SparkProcess.start(
        SparkSettings.of(spark.classPath(), folder.resolve("scratch"), folder.resolve("spark.log"))
            .withConf(conf)
            .withHeapBytes(768L << 20));
  }

  @ParameterizedTest
  @EnumSource
  void theRowsAreExactInSpiteOf(Fault fault) {
    SparkInstallation spark =
        new SparkInstallation(
            Path.of(System.getProperty("java.home")),
            List.of(Cli.dist().resolve("lib/spark-classpath.jar")),
            Optional.empty());
    Clusters clusters = new Clusters(folder.resolve("clusters"), spark, () -> false);
    Cluster cluster =
        clusters.up(
            new ClusterOptions(
                "faults",
                ClusterOptions.LOOPBACK,
                3,
                new WorkerSize(1, 700L << 20),
                false,
                false,
                false,
                false,
                Duration.ofSeconds(60)));
    try (SparkProcess driver = start(cluster, spark)) {
      // The first one also loads classes, compiles and starts executors.
      run(driver, stage -> {});
      Result undisturbed = run(driver, stage -> {});
      AtomicReference<Integer> struck = new AtomicReference<>();
      Result disturbed =
          run(
              driver,
              stage -> {
                if (stage >= fault.stage && struck.compareAndSet(null, stage)) {
                  fault.strike(cluster);
                }
              });
      assertThat(struck.get()).as("the stage that the loss met").isEqualTo(fault.stage);
      System.out.printf(
          "%s: %.1f s, undisturbed %.1f s, %d failed tasks, %d stages (undisturbed %d)%n",
          fault,
          disturbed.millis() / 1000.0,
          undisturbed.millis() / 1000.0,
          disturbed.counters().failedTasks(),
          disturbed.counters().stages(),
          undisturbed.counters().stages());
    } finally {
      clusters.down("faults");
    }
  }

  @FunctionalInterface
  private interface AtStage {
    void reached(int stage);
  }

  private static Result run(SparkProcess driver, AtStage atStage) {
    Result result =
        driver
            .run(
                new Query(JOB, new Output.Inline(GROUPS + 1)),
                progress -> atStage.reached(progress.stagesDone()))
            .orThrow();
    assertThat(rows(result.inline())).isEqualTo(expected());
    return result;
  }

  /** Each row as text, but for the rank, of which each twelfth of the groups has all from 1 on. */
  private static TreeSet<String> rows(List<List<JsonNode>> inline) {
    TreeSet<String> rows = new TreeSet<>();
    Map<Integer, TreeSet<Integer>> ranks = new HashMap<>();
    for (List<JsonNode> row : inline) {
      rows.add(row.get(0).asInt() + " " + row.get(1).asLong() + " " + row.get(2).asLong());
      ranks
          .computeIfAbsent(row.get(0).asInt() % 12, part -> new TreeSet<>())
          .add(row.get(3).asInt());
    }
    ranks.forEach(
        (part, found) -> {
          assertThat(found.first()).isEqualTo(1);
          assertThat(found.last()).isEqualTo(found.size());
        });
    assertThat(inline).hasSize(rows.size());
    return rows;
  }

  private static TreeSet<String> expected() {
    long[] sums = new long[GROUPS];
    long[] counts = new long[GROUPS];
    for (long id = 0; id < ROWS; id++) {
      int group = (int) (id % KEYS % GROUPS);
      sums[group] += id;
      counts[group]++;
    }
    TreeSet<String> rows = new TreeSet<>();
    for (int group = 0; group < GROUPS; group++) {
      rows.add(group + " " + counts[group] + " " + sums[group]);
    }
    return rows;
  }
}
