package dev.kindling.spark.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kindling.spark.runner.Occupancy.Room;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages as Masters of Spark 3.5 and 4.0 write them; the tests of clusters read real ones. */
class MasterPageTest {
  private static final String HTML =
      """
      <a href="/" class="brand">
        <img src="/static/spark-logo-77x50px-hd.png"/>
        <span class="version" style="margin-right: 15px;">3.5.6</span>
      </a>
      """;

  private static final String JSON =
      """
      {"url": "spark://127.0.0.1:7077", "status": "ALIVE", "workers": [
        {"id": "a", "state": "ALIVE", "cores": 4, "coresused": 3, "coresfree": 1,
         "memory": 4096, "memoryused": 3072, "memoryfree": 1024},
        {"id": "b", "state": "ALIVE", "cores": 4, "coresused": 4, "coresfree": 0,
         "memory": 4096, "memoryused": 1024, "memoryfree": 3072},
        {"id": "c", "state": "DEAD", "coresfree": 9, "memoryfree": 9999}],
       "activeapps": [
        {"id": "app-1", "name": "nightly", "user": "alice", "cores": 6, "memoryperexecutor": 1024},
        {"id": "app-2", "name": "waiting", "user": "bob", "cores": 0, "memoryperexecutor": 1024}],
       "activedrivers": [{"id": "driver-1", "cores": 1, "memory": 512}]}
      """;

  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, HTML));
    server.createContext("/json/", exchange -> answer(exchange, JSON));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    boolean known = "Bearer token".equals(exchange.getRequestHeaders().getFirst("Authorization"));
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(known ? 200 : 403, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private MasterPage page(Optional<String> token) {
    return new MasterPage("127.0.0.1", server.getAddress().getPort(), token);
  }

  private static SparkConf executors(String memory, int cores) {
    return new SparkConf(false)
        .set("spark.master", "spark://127.0.0.1:7077")
        .set("spark.executor.memory", memory)
        .set("spark.executor.cores", Integer.toString(cores));
  }

  @Test
  void tellsTheVersionAndWhatIsFree() {
    MasterPage page = page(Optional.of("token"));

    assertThat(page.version()).contains("3.5.6");
    assertThat(page.occupancy().orElseThrow().rooms())
        .isEqualTo(List.of(new Room(1, 1024), new Room(0, 3072)));
  }

  @Test
  void aPageThatIsNotShownTellsNothing() {
    assertThat(page(Optional.empty()).version()).isEmpty();
    assertThat(page(Optional.of("other")).occupancy()).isEmpty();
    server.stop(0);
    assertThat(page(Optional.of("token")).occupancy()).isEmpty();
  }

  @Test
  void namesThoseWhoHoldTheCluster() {
    Occupancy occupancy = page(Optional.of("token")).occupancy().orElseThrow();

    occupancy.check(executors("1g", 1));
    assertThatThrownBy(() -> occupancy.check(executors("2g", 1)))
        .hasMessage(
            """
            No executor can start on spark://127.0.0.1:7077 now: one takes 1 core and 2048 MB, and \
            the workers have free: 0 cores and 3072 MB; 1 core and 1024 MB. It is held by:
              application 'nightly' (app-1) of user alice: 6 cores, 1024 MB an executor
              driver driver-1: 1 core, 512 MB
            Run again when that has ended, ask for less (spark.executor.memory, \
            spark.executor.cores), or add a worker.""");
  }
}
