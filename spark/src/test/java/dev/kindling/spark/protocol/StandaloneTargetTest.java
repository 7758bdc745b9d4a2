package dev.kindling.spark.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.record.SettingRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application on a real master with a secret. */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(180)
class StandaloneTargetTest {
  private static final Map<String, String> SECURE =
      Map.of(
          "spark.authenticate", "true",
          "spark.authenticate.secret", "open sesame",
          "spark.network.crypto.enabled", "true");

  private static final Pattern LAUNCHED = Pattern.compile("Launching executor ");
  private static final Pattern GONE = Pattern.compile("Removing executor ");

  @TempDir static Path daemonsFolder;
  private static Daemons daemons;

  @TempDir Path folder;

  @BeforeAll
  static void startMaster() throws Exception {
    daemons = new Daemons(daemonsFolder, SECURE);
  }

  @AfterAll
  static void stopAll() throws Exception {
    daemons.close();
  }

  private SparkProcess start(Map<String, String> more) {
    Map<String, String> conf = new HashMap<>(more);
    conf.putIfAbsent("spark.master", daemons.master());
    return SparkProcess.start(Children.settings(folder).withConf(conf));
  }

  private ErrorCode refusal(Map<String, String> conf, String... message) {
    try (SparkProcess spark = start(conf)) {
      KindlingException error = (KindlingException) catchThrowable(spark::awaitReady);
      assertThat(error).hasMessageContainingAll(message);
      return error.code();
    }
  }

  // What Spark itself says of it differs, and says little.
  private ErrorCode notTaken(Map<String, String> conf) {
    return refusal(
        conf,
        "The master "
            + daemons.master().substring("spark://".length())
            + " does not take the"
            + " application: ",
        ". Either the target's settings spark.authenticate, spark.authenticate.secret and"
            + " spark.network.crypto.enabled are not the cluster's, or this is no master of"
            + " Spark's.");
  }

  @Test
  void saysThatTheSecretIsWrong() {
    Map<String, String> conf = new HashMap<>(SECURE);
    conf.put("spark.authenticate.secret", "guess");
    assertThat(notTaken(conf)).isEqualTo(ErrorCode.TARGET_REFUSED);
  }

  @Test
  void saysThatASecretIsMissing() {
    assertThat(notTaken(Map.of())).isEqualTo(ErrorCode.TARGET_REFUSED);
  }

  @Test
  void saysThatAnotherServerIsNoMaster() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread closing = new Thread(() -> closeEveryConnection(server));
      closing.setDaemon(true);
      closing.start();
      assertThat(
              refusal(
                  Map.of("spark.master", "spark://127.0.0.1:" + server.getLocalPort()),
                  "no master of Spark's"))
          .isEqualTo(ErrorCode.TARGET_REFUSED);
    }
  }

  private static void closeEveryConnection(ServerSocket server) {
    try {
      while (true) {
        server.accept().close();
      }
    } catch (IOException e) {
      // The test is over.
      return;
    }
  }

  @Test
  @Order(1)
  void saysThatThereAreNoWorkers() {
    assertThat(
            refusal(
                SECURE,
                "The master "
                    + daemons.master()
                    + " has no workers: nothing can run there. Start one, and run again."))
        .isEqualTo(ErrorCode.TARGET_RESOURCES);
  }

  @Test
  @Order(2)
  void runsOnAWorkerAndAsksItForFolders() throws Exception {
    daemons.addWorker(1, "512m");
    Path input = Files.writeString(folder.resolve("input.csv"), "1\n");
    Path missing = folder.resolve("missing.csv");
    try (SparkProcess spark = start(SECURE)) {
      spark.awaitReady();
      Result result =
          spark
              .run(
                  new Query(
                      "SELECT id % 3 AS k, count(*) AS n FROM range(100) GROUP BY 1 ORDER BY 1",
                      Output.Staged.parquet(folder.resolve("out"))))
              .orThrow();
      assertThat(result.rows()).hasValue(3);
      assertThat(result.files()).isNotEmpty();
      try (Stream<Path> written = Files.list(folder.resolve("out"))) {
        assertThat(written.map(file -> file.getFileName().toString()))
            .allMatch(name -> name.startsWith("part-"));
      }
      assertThat(
              spark
                  .run(new Reach(List.of(input.toString(), missing.toString()), List.of(folder)))
                  .orThrow()
                  .inline())
          .hasToString("[[\"127.0.0.1\", \"" + missing + "\"]]");
      assertThat(folder).isDirectoryNotContaining("glob:**.seen");
    }
  }

  @Test
  @Order(3)
  void saysThatNoWorkerIsLargeEnough() {
    Map<String, String> conf = new HashMap<>(SECURE);
    conf.put("spark.executor.memory", "4g");
    assertThat(
            refusal(
                conf,
                "An executor asks for 4096 MB and 1 core, and no worker of the cluster is that"
                    + " large: the largest memory is 512 MB, the most cores are 1. Ask for less with"
                    + " spark.executor.memory and spark.executor.cores (of submit: --executor-memory"
                    + " and --executor-cores), or add a larger worker."))
        .isEqualTo(ErrorCode.TARGET_RESOURCES);
  }

  @Test
  @Order(4)
  void executorsGoWhenTheyAreIdleAndComeWhenTasksWait() throws Exception {
    daemons.addWorker(1, "512m");
    Map<String, String> conf = new HashMap<>(SECURE);
    conf.put("spark.dynamicAllocation.executorIdleTimeout", "1s");
    conf.put("spark.dynamicAllocation.shuffleTracking.timeout", "1s");
    int before = daemons.inMasterLog(LAUNCHED);
    int goneBefore = daemons.inMasterLog(GONE);
    try (SparkProcess spark = start(conf)) {
      Ready ready = spark.awaitReady();
      assertThat(ready.decided())
          .extracting(SettingRecord::name, SettingRecord::value)
          .contains(
              tuple("spark.dynamicAllocation.enabled", "true"),
              tuple("spark.dynamicAllocation.initialExecutors", "2"),
              tuple("spark.executor.cores", "1"),
              tuple("spark.speculation", "true"))
          .doesNotContain(tuple("spark.dynamicAllocation.executorIdleTimeout", "60s"));
      daemons.awaitMaster(LAUNCHED, before + 2);
      // One stays.
      daemons.awaitMaster(GONE, goneBefore + 1);
      // Work of some seconds for one core, in twelve tasks.
      Result result =
          spark
              .run(
                  new Query(
                      "SELECT count(*), count(slept) FROM (SELECT id,"
                          + " java_method('java.lang.Thread', 'sleep', id * 0 + 600) AS slept"
                          + " FROM range(0, 12, 1, 12))",
                      new Output.Inline(1)))
              .orThrow();
      assertThat(result.inline().get(0).get(0).asInt()).isEqualTo(12);
      daemons.awaitMaster(LAUNCHED, before + 3);
    }
  }
}
