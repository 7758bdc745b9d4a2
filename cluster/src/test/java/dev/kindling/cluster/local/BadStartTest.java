package dev.kindling.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.process.SparkInstallation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that fail: each says why, and leaves no process and no file but logs. */
@Tag("slow")
class BadStartTest {
  private static final String NAME = "test";

  @TempDir Path folder;

  @Test
  void aProcessThatEndsIsQuoted() {
    SparkInstallation broken =
        new SparkInstallation(
            Path.of(System.getProperty("java.home")),
            List.of(folder.resolve("absent.jar")),
            Optional.empty());

    fails(
        () ->
            new Clusters(folder.resolve("clusters"), broken, () -> false)
                .up(ClusterOptions.named(NAME)),
        ErrorCode.CLUSTER_FAILED,
        "master of cluster 'test' ended while the cluster started. Last lines of its log",
        "Could not find or load main class org.apache.spark.deploy.master.Master");
  }

  @Test
  void aJavaThatIsNoneIsNamed() {
    SparkInstallation broken =
        new SparkInstallation(folder.resolve("no-java"), List.of(folder), Optional.empty());

    fails(
        () ->
            new Clusters(folder.resolve("clusters"), broken, () -> false)
                .up(ClusterOptions.named(NAME)),
        ErrorCode.CLUSTER_FAILED,
        "no-java/bin/java");
  }

  @Test
  void aRequestToStopEndsWhatHasStarted() {
    fails(() -> clusters(() -> true).up(ClusterOptions.named(NAME)), ErrorCode.INTERRUPTED, "");
  }

  @Test
  void aMasterThatIsNotThereIsTold() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }

    fails(
        () -> clusters(() -> false).join(joining("spark://127.0.0.1:" + port)),
        ErrorCode.CLUSTER_FAILED,
        "No Master of spark://127.0.0.1:" + port + " answers",
        "cluster up --host");
  }

  @Test
  void aWorkerThatNeverRegistersIsQuoted() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      fails(
          () -> clusters(() -> false).join(joining("spark://127.0.0.1:" + silent.getLocalPort())),
          ErrorCode.CLUSTER_FAILED,
          "worker-1 of cluster 'test' did not register with the Master within 8 s.",
          "Last lines of its log",
          "Connecting to master");
    }
  }

  @Test
  void refusesWhatIsNoMaster() {
    for (String url : List.of("host:7077", "spark://host", "spark://a:1,b", "spark://h:99999")) {
      assertThatThrownBy(() -> joining(url))
          .hasMessageContaining("Cannot read the master '" + url + "'")
          .extracting(e -> ((KindlingException) e).code())
          .isEqualTo(ErrorCode.USAGE);
    }
  }

  private void fails(ThrowingCallable start, ErrorCode code, String... messages) {
    assertThatThrownBy(start)
        .isInstanceOf(KindlingException.class)
        .hasMessageContainingAll(messages)
        .extracting(e -> ((KindlingException) e).code())
        .isEqualTo(code);
    assertThat(clusters(() -> false).find(NAME)).isEmpty();
    assertThat(names(folder.resolve("clusters").resolve(NAME))).containsExactly("logs");
    assertThat(
            ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .filter(
                    child ->
                        child.info().commandLine().orElse("").contains("-Dkindling.cluster=test")))
        .isEmpty();
  }

  private Clusters clusters(BooleanSupplier interrupted) {
    return new Clusters(folder.resolve("clusters"), SparkInstallation.ofThisProcess(), interrupted);
  }

  private static JoinOptions joining(String master) {
    return new JoinOptions(
        NAME,
        master,
        Optional.empty(),
        ClusterOptions.DEFAULT_SIZE,
        Map.of(),
        Duration.ofSeconds(8));
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
