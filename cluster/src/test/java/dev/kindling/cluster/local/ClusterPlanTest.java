package dev.kindling.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClusterPlanTest {
  private static ClusterOptions options(boolean classicPorts, boolean ha, boolean secure) {
    ClusterOptions usual = ClusterOptions.named("test");
    return new ClusterOptions(
        usual.name(),
        usual.host(),
        usual.workers(),
        usual.size(),
        classicPorts,
        ha,
        secure,
        true,
        Tenants.NONE,
        usual.deadline());
  }

  @Test
  void givesEveryProcessPortsOfItsOwn() {
    List<Daemon> daemons = ClusterPlan.of(options(false, true, false), new Ports()).daemons();

    assertThat(daemons)
        .extracting(Daemon::name)
        .containsExactly(
            "zookeeper", "master-1", "master-2", "worker-1", "worker-2", "worker-3", "history");
    List<Integer> ports =
        daemons.stream()
            .filter(daemon -> daemon.role() != Role.HISTORY)
            .flatMap(
                daemon ->
                    Stream.of(OptionalInt.of(daemon.port()), daemon.webPort(), daemon.restPort())
                        .filter(OptionalInt::isPresent)
                        .map(OptionalInt::getAsInt))
            .toList();
    assertThat(ports).doesNotHaveDuplicates().hasSize(1 + 3 + 3 + 2 * 3);
  }

  @Test
  void namesAllMastersToApplications() {
    ClusterPlan plan = ClusterPlan.of(options(false, true, false), new Ports());

    List<Daemon> masters = plan.daemons().stream().filter(d -> d.role() == Role.MASTER).toList();
    assertThat(plan.masterUrl())
        .isEqualTo(
            "spark://127.0.0.1:%d,127.0.0.1:%d"
                .formatted(masters.get(0).port(), masters.get(1).port()));
  }

  @Test
  void aSecureMasterTakesNoApplicationsOverHttp() {
    assertThat(ClusterPlan.of(options(false, false, true), new Ports()).daemons())
        .allMatch(daemon -> daemon.restPort().isEmpty());
  }

  @Test
  void saysWhichClassicPortIsTaken() throws IOException {
    try (ServerSocket taken = listenAtTheMastersPort()) {
      assertThatThrownBy(() -> ClusterPlan.of(options(true, false, false), new Ports()))
          .isInstanceOf(KindlingException.class)
          .hasMessageStartingWith("Port 7077 at 127.0.0.1, meant for master, is taken")
          .extracting(e -> ((KindlingException) e).code())
          .isEqualTo(ErrorCode.PORT_TAKEN);
    }
  }

  /** Unless somebody else does, which is as good. */
  private static ServerSocket listenAtTheMastersPort() throws IOException {
    try {
      return new ServerSocket(7077, 1, InetAddress.getByName("127.0.0.1"));
    } catch (java.net.BindException e) {
      return new ServerSocket();
    }
  }
}
