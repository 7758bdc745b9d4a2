package dev.kindling.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kindling.cluster.local.program.ShuffleTwice;
import dev.kindling.model.process.SparkInstallation;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A secure cluster that users share: alice runs, carol may look, bob may not, dora administers. */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TenantsTest {
  private static final String NAME = "shared";
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static Clusters clusters;
  private static Cluster cluster;
  private static String pages;
  private static Application application;

  @BeforeAll
  static void up() {
    clusters =
        new Clusters(folder.resolve("clusters"), SparkInstallation.ofThisProcess(), () -> false);
    cluster =
        clusters.up(
            new ClusterOptions(
                NAME,
                ClusterOptions.LOOPBACK,
                2,
                new WorkerSize(2, 2L << 30),
                false,
                false,
                true,
                true,
                new Tenants(List.of("dora"), OptionalInt.of(2), OptionalLong.of(600L << 20)),
                DEADLINE));
    int port = new Ports().free(ClusterOptions.LOOPBACK);
    pages = "http://127.0.0.1:" + port;
    Path shuffled = folder.resolve("shuffled");
    application =
        Application.submitAs(
            Optional.of("alice"),
            cluster.driverProperties(),
            Map.of("spark.ui.port", Integer.toString(port), "spark.ui.view.acls", "carol"),
            ShuffleTwice.class,
            folder.resolve("application"),
            shuffled.toString(),
            folder.resolve("result").toString());
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> Files.exists(shuffled) || !application.isAlive());
    assertThat(application.isAlive()).isTrue();
  }

  @AfterAll
  static void down() {
    if (application != null) {
      application.kill();
    }
    clusters.names().forEach(clusters::down);
  }

  private static int status(String user, String url) throws IOException {
    return connection(user, url).getResponseCode();
  }

  private static HttpURLConnection connection(String user, String url) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(url).toURL().openConnection(Proxy.NO_PROXY);
    connection.setRequestProperty(
        "Authorization", "Bearer " + cluster.pageToken(user).orElseThrow());
    return connection;
  }

  private static String page(Role role) {
    return cluster.state().members(role).get(0).daemon().url().orElseThrow();
  }

  private static JsonNode master() {
    return Page.read(page(Role.MASTER), cluster.pageToken()).orElseThrow();
  }

  @Test
  @Order(1)
  void anApplicationThatAsksForNothingGetsItsShare() {
    JsonNode running = master().path("activeapps").path(0);

    assertThat(running.path("cores").asInt()).isEqualTo(2);
    // Spark-submit's own --executor-memory asks for 512 MB of the 600.
    assertThat(running.path("memoryperexecutor").asInt()).isEqualTo(512);
    assertThat(cluster.driverConf())
        .containsEntry("spark.cores.max", "2")
        .containsEntry("spark.executor.cores", "2")
        .containsEntry("spark.executor.memory", "600m");
    assertThat(PrivateFile.readProperties(cluster.folder().daemonProperties()))
        .containsEntry("spark.deploy.defaultCores", "2");
  }

  @Test
  @Order(2)
  void everyPageAsksWhoLooks() throws IOException {
    for (String url : List.of(page(Role.MASTER) + "/", page(Role.WORKER) + "/", pages + "/jobs/")) {
      HttpURLConnection stranger =
          (HttpURLConnection) URI.create(url).toURL().openConnection(Proxy.NO_PROXY);
      assertThat(stranger.getResponseCode()).as(url).isEqualTo(FORBIDDEN);
      assertThat(status("dora", url)).as(url).isEqualTo(OK);
      assertThat(status(Cluster.owner(), url)).as(url).isEqualTo(OK);
    }
  }

  @Test
  @Order(3)
  void anApplicationShowsItselfToItsUserAndToWhomThatUserNames() throws IOException {
    assertThat(status("alice", pages + "/jobs/")).isEqualTo(OK);
    assertThat(status("carol", pages + "/jobs/")).isEqualTo(OK);
    assertThat(status("bob", pages + "/jobs/")).isEqualTo(FORBIDDEN);
    assertThat(status("bob", pages + "/api/v1/applications")).isEqualTo(FORBIDDEN);
    assertThat(status("bob", pages + "/jobs/?doAs=alice")).isEqualTo(FORBIDDEN);
  }

  @Test
  @Order(4)
  void everyUserSeesTheMasterAndNoWorker() throws IOException {
    assertThat(status("bob", page(Role.MASTER) + "/")).isEqualTo(OK);
    assertThat(status("bob", page(Role.WORKER) + "/")).isEqualTo(FORBIDDEN);
    assertThat(status("alice", page(Role.WORKER) + "/")).isEqualTo(FORBIDDEN);
  }

  @Test
  @Order(5)
  void onlyAnAdminEndsAnApplicationAtTheMaster() throws IOException {
    String id = master().path("activeapps").path(0).path("id").asText();
    for (String user : List.of("bob", "alice")) {
      kill(user, id);
      assertThat(master().path("activeapps")).as(user).hasSize(1);
    }

    kill("dora", id);
    Awaitility.await().atMost(DEADLINE).until(() -> master().path("activeapps").isEmpty());
  }

  private static void kill(String user, String application) throws IOException {
    HttpURLConnection post = connection(user, page(Role.MASTER) + "/app/kill/");
    post.setRequestMethod("POST");
    post.setInstanceFollowRedirects(false);
    post.setDoOutput(true);
    try (OutputStream body = post.getOutputStream()) {
      body.write(("terminate=true&id=" + application).getBytes(StandardCharsets.UTF_8));
    }
    assertThat(post.getResponseCode()).as(user).isLessThan(500);
  }

  @Test
  @Order(6)
  void theHistoryServerKeepsToTheApplicationsList() throws IOException {
    String id = master().path("completedapps").path(0).path("id").asText();
    String shown = page(Role.HISTORY) + "/history/" + id + "/jobs/";
    Awaitility.await().atMost(DEADLINE).until(() -> status("alice", shown) == OK);

    assertThat(status("carol", shown)).isEqualTo(OK);
    assertThat(status("dora", shown)).isEqualTo(OK);
    assertThat(status("bob", shown)).isEqualTo(FORBIDDEN);
    assertThat(status("bob", page(Role.HISTORY) + "/api/v1/applications/" + id + "/jobs"))
        .isEqualTo(FORBIDDEN);
  }
}
