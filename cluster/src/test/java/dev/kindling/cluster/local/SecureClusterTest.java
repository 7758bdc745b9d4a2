package dev.kindling.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.cluster.local.program.SumOfNumbers;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.process.SparkInstallation;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that asks everyone for a secret. */
@Tag("cluster")
class SecureClusterTest {
  private static final String NAME = "secure";
  private static final String GUEST = "guest";
  private static final int FORBIDDEN = 403;

  @TempDir static Path folder;
  private static Clusters clusters;
  private static Cluster cluster;

  @BeforeAll
  static void up() {
    clusters =
        new Clusters(folder.resolve("clusters"), SparkInstallation.ofThisProcess(), () -> false);
    cluster =
        clusters.up(
            new ClusterOptions(
                NAME,
                ClusterOptions.LOOPBACK,
                1,
                new WorkerSize(1, 1L << 30),
                false,
                false,
                true,
                true,
                Tenants.NONE,
                Duration.ofSeconds(60)));
  }

  @AfterAll
  static void down() {
    clusters.names().forEach(clusters::down);
  }

  @Test
  void statusSeesItAndStrangersDoNot() throws IOException {
    assertThat(cluster.status().health()).isEqualTo(Health.ALIVE);
    for (Member member : cluster.state().members()) {
      URI page = URI.create(member.daemon().url().orElseThrow() + "/");
      HttpURLConnection stranger = (HttpURLConnection) page.toURL().openConnection(Proxy.NO_PROXY);
      assertThat(stranger.getResponseCode()).as(member.name()).isEqualTo(FORBIDDEN);
    }
  }

  @Test
  void secretsAreInFilesOfTheirOwnerOnly() throws IOException {
    String secret = cluster.driverConf().get(SecretSettings.SECRET);
    try (Stream<Path> files = Files.walk(cluster.folder().path())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1).contains(secret)) {
          assertThat(Files.getPosixFilePermissions(file))
              .as(file.toString())
              .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
      }
    }
    for (Member member : cluster.state().members()) {
      String commandLine =
          Files.readString(Path.of("/proc/" + member.process().pid() + "/cmdline"));
      assertThat(commandLine).contains("kindling.cluster=secure").doesNotContain(secret);
    }
  }

  @Test
  void anApplicationWithTheSecretRuns() {
    Path result = folder.resolve("result");

    Application.submit(
            cluster.driverProperties(),
            Map.of(),
            SumOfNumbers.class,
            folder.resolve("application"),
            result.toString())
        .awaitSuccess();

    assertThat(result).hasContent("[1000000,499999500000,97] 1");
  }

  @Test
  void aMachineJoinsWithTheSecretOnly() {
    assertThatThrownBy(() -> clusters.join(joining(SecretSettings.generate("owner", List.of()), 6)))
        .isInstanceOf(KindlingException.class)
        .hasMessageContainingAll("did not register with the Master within 6 s", "Last lines");
    assertThat(clusters.find(GUEST)).isEmpty();

    Cluster guest =
        clusters.join(joining(JoinOptions.readSecret(cluster.secretFile().orElseThrow()), 60));

    assertThat(guest.status().health()).isEqualTo(Health.ALIVE);
    assertThat(guest.masterUrl()).isEqualTo(cluster.masterUrl());
    assertThat(clusters.addWorker(GUEST, Optional.empty(), Duration.ofSeconds(60)).cores())
        .isEqualTo(2);
    clusters.down(GUEST);
    assertThat(guest.state().members()).noneMatch(Member::isAlive);
  }

  @Test
  void aFileWithoutSecretIsRefused() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.properties"), "a=b\n");

    assertThatThrownBy(() -> JoinOptions.readSecret(empty))
        .hasMessageContaining("it has no spark.authenticate.secret");
    assertThatThrownBy(() -> JoinOptions.readSecret(folder.resolve("absent")))
        .hasMessageContaining("there is no file");
  }

  private static JoinOptions joining(Map<String, String> secret, int seconds) {
    return new JoinOptions(
        GUEST,
        cluster.masterUrl(),
        Optional.empty(),
        new WorkerSize(1, 1L << 30),
        secret,
        Duration.ofSeconds(seconds));
  }
}
