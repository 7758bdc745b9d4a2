package dev.kindling.cluster.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starts Spark's daemons by the command lines and the settings of the units; only the folders, the
 * ports and the program that finds Java are others.
 */
@Tag("cluster")
class SystemdDaemonsTest {
  private static final Duration DEADLINE = Duration.ofSeconds(90);

  @TempDir Path folder;

  private final Made made = Made.of(DeployKind.SYSTEMD, 1, 4, 8, Made.options("127.0.0.1"));
  private final List<Process> daemons = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void end() throws InterruptedException {
    daemons.forEach(Process::destroyForcibly);
    for (Process daemon : daemons) {
      assertThat(daemon.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void sparkStartsByTheUnits() throws IOException {
    int rpc = freePort();
    int page = freePort();
    int history = freePort();
    settings(history);

    start("spark-master.service", rpc, page);
    await().atMost(DEADLINE).until(() -> master(page).path("status").asText().equals("ALIVE"));
    start("spark-worker.service", rpc, freePort());
    await().atMost(DEADLINE).until(() -> master(page).path("aliveworkers").asInt() == 1);
    JsonNode worker = master(page).path("workers").path(0);
    start("spark-history.service", rpc, freePort());
    await()
        .atMost(DEADLINE)
        .until(() -> get(history, "/api/v1/applications").strip().equals("[ ]"));

    assertThat(worker.path("cores").asInt()).isEqualTo(3);
    assertThat(worker.path("memory").asInt()).as("one heap, in MB").isEqualTo(6464);
    assertThat(folder.resolve("recovery")).isNotEmptyDirectory();
    assertThat(daemons).allMatch(Process::isAlive);
  }

  private void settings(int historyPort) throws IOException {
    Files.createDirectories(folder.resolve("events"));
    Files.createDirectories(folder.resolve("local"));
    String conf = made.text("daemons.conf").replace("/var/lib/spark", folder.toString());
    Files.writeString(
        folder.resolve("daemons.conf"),
        conf + "spark.authenticate.secret tested\nspark.history.ui.port " + historyPort + "\n");
  }

  private void start(String unit, int rpc, int page) throws IOException {
    String line =
        made.text(unit)
            .lines()
            .filter(text -> text.startsWith("ExecStart=/opt/spark/bin/spark-class "))
            .findFirst()
            .orElseThrow();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    for (String word : line.substring(line.indexOf(' ') + 1).split(" ")) {
      command.add(
          word.replace("/etc/spark/daemons.conf", folder.resolve("daemons.conf").toString())
              .replace("/var/lib/spark", folder.toString())
              .replace("7077", "" + rpc)
              .replace("7078", "0")
              .replace("8080", "" + page)
              .replace("8081", "0"));
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(
        ProcessBuilder.Redirect.to(Files.createFile(folder.resolve(unit + ".log")).toFile()));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_LOCAL_DIRS", folder.resolve("local").toString());
    Process daemon = builder.start();
    daemon.getOutputStream().close();
    daemons.add(daemon);
  }

  private JsonNode master(int page) throws IOException {
    return new ObjectMapper().readTree(get(page, "/json/"));
  }

  /** What a page says; nothing while nobody answers. */
  private String get(int port, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      assertThat(daemons.get(daemons.size() - 1).isAlive()).as(this::logs).isTrue();
      return "{}";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "{}";
    }
  }

  private String logs() {
    try (var files = Files.list(folder)) {
      StringBuilder text = new StringBuilder();
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        text.append(log.getFileName()).append('\n').append(Files.readString(log));
      }
      return text.toString();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
