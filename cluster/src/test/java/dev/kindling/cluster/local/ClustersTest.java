package dev.kindling.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.cluster.local.program.SumOfNumbers;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.process.SparkInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

  @TempDir static Path folder;
  private static Clusters clusters;
  private static Cluster cluster;

  @BeforeAll
  static void up() {
    clusters =
        new Clusters(folder.resolve("clusters"), SparkInstallation.ofThisProcess(), () -> false);
    cluster = clusters.up(ClusterOptions.named(NAME));
  }

  @AfterAll
  static void endWhatIsLeft() {
    cluster.state().members().forEach(member -> member.process().kill());
  }

  @Test
  @Order(1)
  void allProcessesAreAliveOnceItIsUp() {
    ClusterStatus status = cluster.status();

    assertThat(status.health()).isEqualTo(Health.ALIVE);
    assertThat(status.members())
        .extracting(member -> member.member().name() + " " + member.state())
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
  @Order(9)
  void afterItsEndThereIsNoProcessAndNoFileButLogs() {
    clusters.down(NAME);

    assertThat(cluster.state().members()).noneMatch(Member::isAlive);
    assertThat(names(cluster.folder().path())).containsExactly("logs");
    assertThat(clusters.find(NAME)).isEmpty();
    assertThat(clusters.names()).isEmpty();
    assertThatThrownBy(() -> clusters.down(NAME))
        .hasMessage(
            "There is no cluster 'test' (there is none at all)."
                + " 'kindling cluster up --name test' starts one.");
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
