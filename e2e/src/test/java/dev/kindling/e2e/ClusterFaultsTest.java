package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.spark.protocol.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A job of 1.2 million rows, twelve partitions and three shuffles gives the same rows when parts of
 * the cluster go down under it. What each loss costs is printed beside an undisturbed run on warm
 * executors; that of a leading Master is on cold ones.
 */
@Tag("cluster")
@Timeout(300)
class ClusterFaultsTest {
  private static final List<String> COSTS = new ArrayList<>();

  @TempDir static Path folder;
  private static ClusterUnderTest shared;
  private static Result undisturbed;

  /** What goes down, and when; the Master first, so that the one after it meets the rest. */
  private enum Fault {
    MASTER_KILLED_AND_RESTARTED(1) {
      @Override
      void strike(ClusterUnderTest cluster) {
        cluster.killLeader();
        cluster.repair();
      }
    },
    EXECUTOR_KILLED(1) {
      @Override
      void strike(ClusterUnderTest cluster) {
        cluster.killExecutors();
      }
    },
    WORKER_KILLED_IN_STAGE_0(0),
    WORKER_KILLED_IN_STAGE_1(1),
    WORKER_KILLED_IN_STAGE_2(2),
    WORKER_DRAINED(1) {
      @Override
      void strike(ClusterUnderTest cluster) {
        cluster.drainWorker();
      }
    };

    private final int stage;

    Fault(int stage) {
      this.stage = stage;
    }

    void strike(ClusterUnderTest cluster) {
      cluster.killWorker();
    }
  }

  @BeforeAll
  static void start() {
    shared = ClusterUnderTest.start(folder.resolve("shared"), false);
    undisturbed = undisturbed(shared);
  }

  @AfterAll
  static void end() {
    shared.close();
    System.out.printf(
        "%-28s %11s %9s %9s %12s %7s%n",
        "fault", "undisturbed", "disturbed", "cost", "failed tasks", "stages");
    COSTS.forEach(System.out::println);
  }

  /** After a failure too, and without hiding it. */
  @AfterEach
  void restore() {
    shared.restore();
  }

  @ParameterizedTest
  @EnumSource
  void theRowsAreExactInSpiteOf(Fault fault) {
    runsExactly(shared, undisturbed, fault.name(), fault.stage, () -> fault.strike(shared));
  }

  @Test
  void theRowsAreExactWhenAnotherMasterTakesOver() {
    try (ClusterUnderTest cluster = ClusterUnderTest.start(folder.resolve("ha"), true)) {
      runsExactly(cluster, undisturbed, "LEADING_MASTER_KILLED_HA", 1, cluster::killLeader);
      cluster.awaitApplication();
    }
  }

  private static Result undisturbed(ClusterUnderTest cluster) {
    // The first one also loads classes, compiles and starts executors.
    ShuffleJob.run(cluster.driver(), stage -> {});
    return ShuffleJob.run(cluster.driver(), stage -> {});
  }

  private static void runsExactly(
      ClusterUnderTest cluster, Result undisturbed, String fault, int atStage, Runnable strike) {
    AtomicReference<Integer> struck = new AtomicReference<>();
    Result disturbed =
        ShuffleJob.run(
            cluster.driver(),
            stage -> {
              if (stage >= atStage && struck.compareAndSet(null, stage)) {
                strike.run();
              }
            });
    assertThat(struck.get()).as("the stage that the loss met").isEqualTo(atStage);
    COSTS.add(
        String.format(
            Locale.ROOT,
            "%-28s %9.1f s %7.1f s %+7.1f s %12d %7s",
            fault,
            undisturbed.millis() / 1000.0,
            disturbed.millis() / 1000.0,
            (disturbed.millis() - undisturbed.millis()) / 1000.0,
            disturbed.counters().failedTasks(),
            disturbed.counters().stages() + " of " + undisturbed.counters().stages()));
  }
}
