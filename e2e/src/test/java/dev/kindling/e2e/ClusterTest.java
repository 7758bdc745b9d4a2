package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.e2e.Cli.Result;
import dev.kindling.e2e.Cli.Running;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters by the distribution's command, seen from outside. */
@Tag("cluster")
class ClusterTest {
  @TempDir Path folder;

  private Cli cli() {
    return Cli.withClusters(folder);
  }

  private Path state() {
    return folder.resolve("state");
  }

  @AfterEach
  void endWhatIsLeft() {
    Folders.names(state().resolve("clusters"))
        .forEach(name -> cli().run("cluster", "down", "--name", name));
    assertThat(processes()).isEmpty();
  }

  /** The processes whose command lines name this test's folder. */
  private List<ProcessHandle> processes() {
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().commandLine().orElse("").contains(state().toString()))
        .filter(process -> process.info().commandLine().orElse("").contains("-Dkindling.cluster="))
        .toList();
  }

  @Test
  void outlivesItsCommandAndTheTerminalOfThat() {
    Running up =
        cli()
            .start(
                "",
                "cluster",
                "up",
                "--workers",
                "1",
                "--cores",
                "1",
                "--memory",
                "512m",
                "--secure");
    Result started = up.await();
    assertThat(started.exitCode()).as(started.err()).isZero();
    assertThat(processes()).hasSize(3);

    // Nobody of the command's process group is left to hear it.
    assertThat(up.signalAll("HUP")).isFalse();

    Result status = cli().run("cluster", "status");
    assertThat(status.exitCode()).as(status.out()).isZero();
    assertThat(status.out()).contains("Cluster 'cluster' is alive", "worker-1", "history");
    assertThat(cli().run("cluster", "token").out()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\\s*");
    Result again = cli().run("cluster", "up");
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("Cluster 'cluster' is up already: 3 of its 3 processes run");
    assertThat(cli().run("cluster", "worker", "kill", "1").exitCode()).isZero();
    Result degraded = cli().run("cluster", "status", "--output", "json");
    assertThat(degraded.exitCode()).isEqualTo(1);
    assertThat(degraded.out()).contains("\"health\" : \"degraded\"");
    assertThat(cli().run("cluster", "down").exitCode()).isZero();
    assertThat(Folders.names(state().resolve("clusters/cluster"))).containsExactly("logs");
  }

  @Test
  void ctrlCWhileItStartsLeavesNothing() {
    Running up = cli().start("", "cluster", "up", "--workers", "2");
    Path log = state().resolve("clusters/cluster/logs/master.log");
    Until.holds(() -> Files.exists(log), "the start of the Master");

    up.signalAll("INT");
    Result result = up.await();

    assertThat(result.exitCode()).as(result.err()).isEqualTo(130);
    assertThat(processes()).isEmpty();
    assertThat(Folders.names(state().resolve("clusters/cluster"))).containsExactly("logs");
  }

  @Test
  void aPortThatIsTakenIsNamedAtOnce() throws IOException {
    // Whoever listens there, this test or another program: it is taken.
    try (ServerSocket socket = new ServerSocket()) {
      try {
        socket.bind(new java.net.InetSocketAddress(InetAddress.getByName("127.0.0.1"), 7077));
      } catch (java.net.BindException e) {
        assertThat(e).hasMessageContaining("in use");
      }

      Result result =
          cli().run("cluster", "up", "--classic-ports", "--workers", "1", "--memory", "900t");

      assertThat(result.exitCode()).isEqualTo(5);
      assertThat(result.err())
          .contains("warning: Executors may fill")
          .endsWith(
              """
              error: Port 7077 at 127.0.0.1, meant for master, is taken by another program. End that \
              program, or leave --classic-ports away for ports that are free.
              """);
    }
  }
}
