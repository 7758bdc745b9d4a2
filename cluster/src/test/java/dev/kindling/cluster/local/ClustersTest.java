package dev.kindling.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.cluster.local.program.ShuffleTwice;
import dev.kindling.cluster.local.program.SumOfNumbers;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.process.SparkInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One real cluster with three Workers, from its start to its end. */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClustersTest {
  private static final String NAME = "test";
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static Clusters clusters;
  private static Cluster cluster;
  private static Optional<Application> application = Optional.empty();

  @BeforeAll
  static void up() {
    clusters =
        new Clusters(folder.resolve("clusters"), SparkInstallation.ofThisProcess(), () -> false);
    leaveAStateFileOfProcessesThatAreGone();
    cluster = clusters.up(ClusterOptions.named(NAME));
  }

  private static void leaveAStateFileOfProcessesThatAreGone() {
    ClusterFolder stale = ClusterFolder.of(folder.resolve("clusters"), NAME);
    stale.create();
    // The process of that number is this one, which is younger.
    new ClusterStateFile(stale)
        .write(
            ClusterStart.empty(NAME, "127.0.0.1", "spark://127.0.0.1:1", false)
                .with(
                    new Member(
                        Daemon.history("127.0.0.1", 1),
                        new ProcessIdentity(ProcessHandle.current().pid(), Instant.EPOCH))));
    assertThat(clusters.get(NAME).status().health()).isEqualTo(Health.DOWN);
  }

  @AfterAll
  static void endWhatIsLeft() {
    application.ifPresent(Application::kill);
    clusters
        .find(NAME)
        .ifPresent(left -> left.state().members().forEach(member -> member.process().kill()));
  }

  @Test
  @Order(1)
  void allProcessesAreAliveOnceItIsUp() {
    ClusterStatus status = cluster.status();

    assertThat(status.health()).isEqualTo(Health.ALIVE);
    assertThat(states(status))
        .containsExactly(
            "master ALIVE",
            "worker-1 ALIVE",
            "worker-2 ALIVE",
            "worker-3 ALIVE",
            "history RUNNING");
    assertThat(clusters.names()).containsExactly(NAME);
    assertThat(clusters.find(NAME)).contains(cluster);
    assertThat(cluster.cores()).isEqualTo(6);
  }

  @Test
  @Order(2)
  void anApplicationRunsOnAllWorkersAndIsInTheEventLog() throws IOException {
    Path result = folder.resolve("result");

    Application.submit(
            cluster.driverProperties(),
            Map.of("spark.scheduler.minRegisteredResourcesRatio", "1.0"),
            SumOfNumbers.class,
            folder.resolve("application"),
            result.toString())
        .awaitSuccess();

    assertThat(result).hasContent("[1000000,499999500000,97] 3");
    assertThat(names(cluster.events())).hasSize(1).allMatch(name -> name.contains("app-"));
  }

  @Test
  @Order(3)
  void aSecondOneOfTheSameNameIsRefused() {
    assertThatThrownBy(() -> clusters.up(ClusterOptions.named(NAME)))
        .isInstanceOf(KindlingException.class)
        .hasMessageContaining("Cluster 'test' is up already: 5 of its 5 processes run")
        .extracting(e -> ((KindlingException) e).code())
        .isEqualTo(ErrorCode.CLUSTER_EXISTS);
    assertThat(cluster.status().health()).isEqualTo(Health.ALIVE);
  }

  @Test
  @Order(4)
  void aKilledWorkerIsToldAndStartedAgain() {
    Cluster killed = clusters.killWorker(NAME, 2);

    Awaitility.await()
        .atMost(DEADLINE)
        .until(() -> states(killed.status()).contains("worker-2 DEAD"));
    assertThat(killed.status().health()).isEqualTo(Health.DEGRADED);
    assertThatThrownBy(() -> clusters.killWorker(NAME, 2)).hasMessageContaining("is dead already");
    assertThatThrownBy(() -> clusters.killWorker(NAME, 7))
        .hasMessage("Cluster 'test' has no worker-7 (there are: worker-1, worker-2, worker-3).");

    Cluster repaired = clusters.repair(NAME, DEADLINE);

    assertThat(repaired.status().health()).isEqualTo(Health.ALIVE);
    assertThat(repaired.state().member("worker-2").orElseThrow().daemon())
        .isEqualTo(cluster.state().member("worker-2").orElseThrow().daemon());
  }

  @Test
  @Order(5)
  void aMasterThatIsStartedAgainTakesItsWorkersBack() {
    Cluster before = clusters.get(NAME);
    Member master = before.state().members(Role.MASTER).get(0);
    master.process().kill();
    Awaitility.await().atMost(DEADLINE).until(() -> !master.isAlive());
    assertThat(states(before.status())).contains("master DEAD", "worker-1 NOT REGISTERED");
    assertThatThrownBy(() -> clusters.addWorker(NAME, Optional.empty(), DEADLINE))
        .hasMessageContaining("no Master of it runs");

    Cluster after = clusters.repair(NAME, DEADLINE);

    assertThat(after.status().health()).isEqualTo(Health.ALIVE);
    assertThat(after.masterUrl()).isEqualTo(before.masterUrl());
    assertThat(after.state().members(Role.WORKER)).isEqualTo(before.state().members(Role.WORKER));
  }

  @Test
  @Order(6)
  void aDrainedWorkerHandsOnWhatItsExecutorsShuffled() throws IOException {
    Cluster larger = clusters.addWorker(NAME, Optional.of(new WorkerSize(2, 1L << 30)), DEADLINE);
    assertThat(larger.cores()).isEqualTo(8);
    assertThat(states(larger.status())).contains("worker-4 ALIVE");
    Path shuffled = folder.resolve("shuffled");
    Path result = folder.resolve("result-of-two");
    application =
        Optional.of(
            Application.submit(
                larger.driverProperties(),
                Map.of("spark.scheduler.minRegisteredResourcesRatio", "1.0"),
                ShuffleTwice.class,
                folder.resolve("shuffle-twice"),
                shuffled.toString(),
                result.toString()));
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> Files.exists(shuffled) || !application.get().isAlive());

    Cluster smaller = clusters.drainWorker(NAME, 4, Duration.ofMinutes(2));
    application.get().goOn();
    application.get().awaitSuccess();

    // One stage: what the first two wrote was still there, and nothing ran twice.
    assertThat(result).hasContent("1000:179999700000 1000:179999700000 stages 1");
    assertThat(smaller.state().member("worker-4")).isEmpty();
    assertThat(smaller.status().health()).isEqualTo(Health.ALIVE);
    assertThat(cluster.folder().work("worker-4")).doesNotExist();
  }

  @Test
  @Order(7)
  void logsAreThereForEachProcessAndExecutor() {
    assertThat(clusters.logs(NAME).all())
        .extracting(ClusterLogs.Log::process)
        .contains("master", "worker-1", "history")
        .anyMatch(name -> name.matches("worker-1/app-.*/\\d+/stderr"));
  }

  @Test
  @Order(9)
  void afterItsEndThereIsNoProcessAndNoFileButLogs() {
    Cluster running = clusters.get(NAME);

    clusters.down(NAME);

    assertThat(running.state().members()).noneMatch(Member::isAlive);
    assertThat(names(cluster.folder().path())).containsExactly("logs");
    assertThat(clusters.find(NAME)).isEmpty();
    assertThat(clusters.names()).isEmpty();
    assertThatThrownBy(() -> clusters.down(NAME))
        .hasMessage(
            "There is no cluster 'test' (there is none at all)."
                + " 'kindling cluster up --name test' starts one.");
  }

  private static List<String> states(ClusterStatus status) {
    return status.members().stream()
        .map(member -> member.member().name() + " " + member.state())
        .toList();
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
