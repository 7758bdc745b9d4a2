package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kindling.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir Path folder;
  private String log;

  @BeforeEach
  void writeLog() throws IOException {
    log =
        Files.writeString(
                folder.resolve("app-1"),
                """
                {"Event":"SparkListenerLogStart","Spark Version":"3.5.6"}
                {"Event":"SparkListenerApplicationStart","App Name":"nightly","App ID":"app-1","Timestamp":1000}
                {"Event":"SparkListenerExecutorAdded","Timestamp":2000,"Executor ID":"1","Executor Info":{"Host":"h","Total Cores":2}}
                {"Event":"SparkListenerExecutorRemoved","Timestamp":3000,"Executor ID":"1","Removed Reason":"Command exited with code 52"}
                """)
            .toString();
  }

  @Test
  void saysWhatIsWrongAndWhatMendsIt() {
    Result result = Cli.launch("doctor", log);

    assertThat(result.exitCode()).isZero();
    assertThat(result.output())
        .isEqualTo(
            """
            nightly (app-1), Spark 3.5.6: 2.0 s on 2 cores
            0 jobs (0 failed), 0 stages, 0 tasks with 0.0 s of work, 0 queries
            note: the log has no end: the application runs, or was killed

            1. [warning] lost-executor: Executor 1 on h was lost: its Java heap was full
               (exit code 52).
               at the application
               - Spark says: Command exited with code 52
               - 0 tasks of it failed, with 0 ms of work
               fix: a larger spark.executor.memory (now 1g), fewer spark.executor.cores, or
                    smaller partitions
               gain: the lost work, and its shuffle data that other executors computed again
                     (confidence: high)

            1 finding.
            """);
  }

  @Test
  void isAGate() {
    assertThat(Cli.launch("doctor", log, "--fail-on", "warning").exitCode()).isEqualTo(3);
    assertThat(Cli.launch("doctor", log, "--fail-on", "critical").exitCode()).isZero();
    Result unknown = Cli.launch("doctor", log, "--fail-on", "never");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.errorOutput()).contains("never", "info, warning, critical");
  }

  @Test
  void writesJson() throws IOException {
    JsonNode json =
        new ObjectMapper().readTree(Cli.launch("doctor", log, "--output", "json").output());

    assertThat(json.path("version").asInt()).isEqualTo(1);
    assertThat(json.path("application").path("sparkVersion").asText()).isEqualTo("3.5.6");
    assertThat(json.path("application").path("ended").asBoolean()).isFalse();
    JsonNode finding = json.path("findings").path(0);
    assertThat(finding.path("id").asText()).isEqualTo("lost-executor");
    assertThat(finding.has("stage")).isFalse();
    assertThat(finding.path("fixes")).hasSize(1);
  }

  @Test
  void whatIsNoLogIsTold() throws IOException {
    Result missing = Cli.launch("doctor", folder.resolve("none").toString());
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.errorOutput()).contains("There is no event log", "spark.eventLog.enabled");
    Path text = Files.writeString(folder.resolve("text"), "hello\n");
    Result other = Cli.launch("doctor", text.toString());
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.errorOutput()).contains("is not an event log of Spark");
  }
}
