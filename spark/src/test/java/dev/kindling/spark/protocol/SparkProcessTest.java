package dev.kindling.spark.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SparkProcessTest {
  /** Runs for hours unless somebody stops it, and reports progress while it does. */
  private static final Query ENDLESS =
      new Query(
          "SELECT count(*) FROM range(0, 100000, 1, 1000) a CROSS JOIN range(100000000) b"
              + " WHERE xxhash64(a.id, b.id) = 42",
          new Output.Inline(1));

  @TempDir Path folder;

  @Test
  void stopsAQueryWhenItsThreadIsInterrupted() throws Exception {
    SparkProcess spark = Children.fresh();
    CountDownLatch running = new CountDownLatch(1);
    CompletableFuture<ErrorCode> end = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                spark.run(ENDLESS, progress -> running.countDown());
                end.complete(ErrorCode.INTERNAL);
              } catch (KindlingException e) {
                end.complete(e.code());
              }
            });
    caller.start();
    assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
    caller.interrupt();

    assertThat(end.get(30, TimeUnit.SECONDS)).isEqualTo(ErrorCode.INTERRUPTED);
    assertThat(answer(spark)).isEqualTo("[[1]]");
  }

  @Test
  void stopsAQueryWhenAnotherThreadCancels() throws Exception {
    SparkProcess spark = Children.fresh();
    // The first report of progress proves that the query runs.
    Outcome outcome = spark.run(ENDLESS, progress -> spark.cancel());

    assertThat(((Failure) outcome).kind()).isEqualTo(Failure.Kind.CANCELLED);
    assertThat(answer(spark)).isEqualTo("[[1]]");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void leavesCtrlCToItsParent() throws Exception {
    SparkProcess spark = Children.fresh();
    Process kill = new ProcessBuilder("kill", "-INT", Long.toString(spark.pid())).start();

    assertThat(kill.waitFor()).isZero();
    assertThat(answer(spark)).isEqualTo("[[1]]");
  }

  @Test
  @Tag("slow")
  void endsByItselfWhenItsParentIsGoneDuringAQuery() throws Exception {
    SparkProcess spark = SparkProcess.start(Children.settings(folder));
    ProcessHandle child = ProcessHandle.of(spark.pid()).orElseThrow();
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                // What the system does to the pipe when the parent is killed.
                spark.run(ENDLESS, progress -> spark.closeRequests());
                end.complete(new AssertionError("answered"));
              } catch (KindlingException e) {
                end.complete(e);
              }
            });
    caller.start();

    assertThat(end.get(60, TimeUnit.SECONDS)).isInstanceOf(KindlingException.class);
    assertThat(child.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
    // Spark's temporary files are gone too; what is left of the scratch folder is small.
    try (var left = Files.walk(folder.resolve("scratch"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  @Tag("slow")
  void tellsThatItWasKilledAndShowsTheLog() throws Exception {
    SparkSettings settings =
        Children.settings(folder).withConf(Map.of("spark.test.password", "hidden-value"));
    try (SparkProcess spark = SparkProcess.start(settings)) {
      ProcessHandle child = ProcessHandle.of(spark.pid()).orElseThrow();
      assertThatThrownBy(() -> spark.run(ENDLESS, progress -> child.destroyForcibly()))
          .isInstanceOfSatisfying(
              KindlingException.class,
              error -> assertThat(error.code()).isEqualTo(ErrorCode.SPARK_PROCESS))
          .hasMessageContaining("signal 9 (SIGKILL)")
          .hasMessageContaining("768 MiB")
          .hasMessageContaining(settings.log().toString());
      assertThat(spark.isAlive()).isFalse();
      // A second request is told the same, at once.
      assertThatThrownBy(() -> answer(spark)).hasMessageContaining("SIGKILL");
      assertThat(settings.toString()).doesNotContain("hidden-value");
    }
  }

  @Test
  @Tag("slow")
  void tellsThatTheHeapIsTooSmall() {
    SparkSettings settings = Children.settings(folder).withHeapBytes(512L << 20);
    try (SparkProcess spark = SparkProcess.start(settings)) {
      assertThatThrownBy(
              () ->
                  spark
                      .run(
                          new Query(
                              "SELECT length(repeat(string(id), 2000000000)) FROM range(1)",
                              new Output.Inline(1)))
                      .orThrow())
          .isInstanceOfSatisfying(
              KindlingException.class,
              error -> assertThat(error.code()).isEqualTo(ErrorCode.OUT_OF_MEMORY));
    }
  }

  @Test
  void tellsWhyTheVirtualMachineDoesNotStart() {
    SparkSettings settings = Children.settings(folder).withJvmOptions(List.of("-XX:+NoSuchOption"));
    try (SparkProcess spark = SparkProcess.start(settings)) {
      assertThatThrownBy(spark::awaitReady)
          .isInstanceOf(KindlingException.class)
          .hasMessageContaining("exit code 1")
          .hasMessageContaining("NoSuchOption");
    }
  }

  @Test
  void tellsThatTheJavaIsMissing() {
    SparkSettings base = Children.settings(folder);
    SparkSettings settings =
        new SparkSettings(
            folder,
            base.classPath(),
            base.scratch(),
            base.log(),
            base.heapBytes(),
            1,
            Map.of(),
            base.sharedArchive(),
            List.of(),
            Map.of(),
            base.startDeadline());

    assertThatThrownBy(() -> SparkProcess.start(settings))
        .isInstanceOf(KindlingException.class)
        .hasMessageContaining("Cannot start Spark's process with the Java at " + folder);
  }

  @Test
  void givesUpAfterTheStartDeadline() throws IOException {
    SparkSettings settings = Children.settings(folder).withStartDeadline(Duration.ofMillis(1));
    try (SparkProcess spark = SparkProcess.start(settings)) {
      assertThatThrownBy(spark::awaitReady)
          .isInstanceOf(KindlingException.class)
          .hasMessageContaining("did not start within");
    }
  }

  @Test
  void reportsWhatTheSessionRunsOn() {
    Ready ready = Children.fresh().awaitReady();

    assertThat(ready.sparkVersion()).isEqualTo(org.apache.spark.package$.MODULE$.SPARK_VERSION());
    assertThat(ready.javaVersion()).isEqualTo(System.getProperty("java.version"));
  }

  private static String answer(SparkProcess spark) {
    return Wire.line(spark.run(new Query("SELECT 1", new Output.Inline(1))).orThrow().inline());
  }
}
