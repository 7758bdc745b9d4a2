package dev.kindling.doctor.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.doctor.facts.Facts;
import dev.kindling.doctor.facts.FactsReader;
import dev.kindling.doctor.log.EventLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words are those that Spark's schedulers write of an executor. */
class LostExecutorsTest {
  @TempDir Path folder;

  private Facts removedFor(String reason) throws IOException {
    Path log =
        Files.writeString(
            folder.resolve("app"),
            """
            {"Event":"SparkListenerApplicationStart","App Name":"a","App ID":"app","Timestamp":1000}
            {"Event":"SparkListenerExecutorAdded","Timestamp":2000,"Executor ID":"1","Executor Info":{"Host":"h","Total Cores":2}}
            {"Event":"SparkListenerExecutorRemoved","Timestamp":3000,"Executor ID":"1","Removed Reason":"%s"}
            """
                .formatted(reason));
    return FactsReader.read(EventLog.at(log));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Command exited with code 52 | heap was full | spark.executor.memory",
        "Container killed by YARN for exceeding memory limits. Exit status: 137 | code 137 | memoryOverhead",
        "Executor heartbeat timed out after 125000 ms | no heartbeat | machine",
        "Executor decommission: spot node | took it back | spark.decommission.enabled",
        "worker lost: Not receiving heartbeat for 60 seconds | no heartbeat | machine",
        "Remote RPC client disassociated | process or its machine ended | log",
      })
  void theReasonIsUnderstood(String reason, String summary, String fix) throws IOException {
    Finding finding = new LostExecutors().examine(removedFor(reason)).get(0);

    assertThat(finding.summary()).contains("Executor 1 on h was lost", summary);
    assertThat(finding.evidence().get(0)).isEqualTo("Spark says: " + reason);
    assertThat(finding.fixes().get(0)).contains(fix);
  }

  @ParameterizedTest
  @CsvSource({"Command exited with code 143 killed by driver.", "Driver stopped"})
  void whoIsSentAwayIsNotLost(String reason) throws IOException {
    assertThat(new LostExecutors().examine(removedFor(reason))).isEmpty();
  }
}
