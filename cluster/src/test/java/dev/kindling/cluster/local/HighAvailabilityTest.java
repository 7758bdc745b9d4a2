package dev.kindling.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.model.process.SparkInstallation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two Masters and a ZooKeeper. */
@Tag("cluster")
class HighAvailabilityTest {
  private static final String NAME = "ha";
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @AfterEach
  void down() {
    if (clusters().find(NAME).isPresent()) {
      clusters().down(NAME);
    }
  }

  @Test
  void theOtherMasterTakesOverWithAllWorkers() {
    Cluster cluster =
        clusters()
            .up(
                new ClusterOptions(
                    NAME,
                    ClusterOptions.LOOPBACK,
                    2,
                    new WorkerSize(1, 1L << 30),
                    false,
                    true,
                    false,
                    false,
                    Tenants.NONE,
                    DEADLINE));
    List<Member> masters = cluster.state().members(Role.MASTER);
    assertThat(masters).extracting(Member::name).containsExactly("master-1", "master-2");
    Awaitility.await()
        .atMost(DEADLINE)
        .untilAsserted(
            () -> assertThat(states(cluster)).containsExactlyInAnyOrder("ALIVE", "STANDBY"));
    assertThat(cluster.status().health()).isEqualTo(Health.ALIVE);
    Member leader = leader(cluster);

    leader.process().kill();

    Awaitility.await()
        .atMost(DEADLINE)
        .untilAsserted(
            () -> assertThat(states(cluster)).containsExactlyInAnyOrder("DEAD", "ALIVE"));
    assertThat(leader(cluster)).isNotEqualTo(leader);
    Awaitility.await()
        .atMost(DEADLINE)
        .until(
            () ->
                cluster.status().members().stream()
                    .filter(member -> member.member().daemon().role() == Role.WORKER)
                    .allMatch(MemberStatus::good));
    assertThat(cluster.status().health()).isEqualTo(Health.DEGRADED);

    Cluster repaired = clusters().repair(NAME, DEADLINE);

    Awaitility.await()
        .atMost(DEADLINE)
        .untilAsserted(() -> assertThat(repaired.status().health()).isEqualTo(Health.ALIVE));
  }

  private static List<String> states(Cluster cluster) {
    return cluster.status().members().stream()
        .filter(member -> member.member().daemon().role() == Role.MASTER)
        .map(MemberStatus::state)
        .toList();
  }

  private static Member leader(Cluster cluster) {
    return cluster.status().members().stream()
        .filter(member -> member.member().daemon().role() == Role.MASTER)
        .filter(member -> member.state().equals("ALIVE"))
        .map(MemberStatus::member)
        .findFirst()
        .orElseThrow();
  }

  private Clusters clusters() {
    return new Clusters(folder, SparkInstallation.ofThisProcess(), () -> false);
  }
}
