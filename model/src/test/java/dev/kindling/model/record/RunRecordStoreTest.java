package dev.kindling.model.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.model.Redaction;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordStoreTest {
  @TempDir Path project;

  @Test
  void readsWhatItWrote() {
    RunRecordStore store = new RunRecordStore(project);
    RunRecord record = Records.revenue("r1");

    Path file = store.write(record);

    assertThat(file).isEqualTo(project.resolve(".kindling/runs/r1/run.json"));
    assertThat(store.read("r1")).contains(record);
    assertThat(store.latest()).contains(record);
  }

  @Test
  void keepsTheErrorOfAFailedRun() {
    RunRecordStore store = new RunRecordStore(project);
    RunRecord record = failed("r2", Map.of());
    store.write(record);
    assertThat(store.read("r2")).contains(record);
  }

  @Test
  void listsRunsNewestFirst() {
    RunRecordStore store = new RunRecordStore(project);
    String first = RunRecordStore.newRunId(Instant.parse("2026-01-02T03:04:05.006Z"));
    String second = RunRecordStore.newRunId(Instant.parse("2026-01-02T03:04:05.007Z"));
    String third = RunRecordStore.newRunId(Instant.parse("2026-11-02T00:00:00Z"));
    for (String id : List.of(second, third, first)) {
      store.write(Records.revenue(id));
    }
    assertThat(store.runIds()).containsExactly(third, second, first);
    assertThat(store.list()).extracting(RunRecord::runId).containsExactly(third, second, first);
    assertThat(store.latest()).map(RunRecord::runId).contains(third);
  }

  @Test
  void aRunThatWasKilledIsNotListed() throws IOException {
    RunRecordStore store = new RunRecordStore(project);
    Files.createDirectories(store.directory("killed"));
    Files.writeString(store.directory("killed").resolve("run.json123.tmp"), "{\"vers");
    assertThat(store.runIds()).isEmpty();
    assertThat(store.read("killed")).isEmpty();
    assertThat(store.latest()).isEmpty();
  }

  @Test
  void oldRunsAreForgottenButNotTheRowsThatTheyPutAside() throws IOException {
    RunRecordStore store = new RunRecordStore(project);
    for (String id : List.of("r1", "r2", "r3", "r4")) {
      store.write(Records.revenue(id));
      Files.writeString(store.directory(id).resolve("report.html"), "report");
    }
    Path rows = store.directory("r2").resolve("quarantine/orders/part-0.parquet");
    Files.createDirectories(rows.getParent());
    Files.writeString(rows, "rows");

    store.forgetAllBut(2);
    store.forgetAllBut(5);

    assertThat(store.runIds()).containsExactly("r4", "r3");
    assertThat(store.directory("r1")).doesNotExist();
    assertThat(store.directory("r2").resolve("report.html")).doesNotExist();
    assertThat(rows).hasContent("rows");
    assertThat(store.directory("r3").resolve("report.html")).exists();
  }

  @Test
  void aProjectWithoutRunsHasNone() {
    RunRecordStore store = new RunRecordStore(project.resolve("nowhere"));
    assertThat(store.runIds()).isEmpty();
    assertThat(store.latest()).isEmpty();
    assertThat(project).isEmptyDirectory();
  }

  @Test
  void writingLeavesNoTemporaryFile() throws IOException {
    RunRecordStore store = new RunRecordStore(project);
    store.write(Records.revenue("r1"));
    store.write(Records.revenue("r1"));
    try (Stream<Path> files = Files.list(store.directory("r1"))) {
      assertThat(files).extracting(f -> f.getFileName().toString()).containsExactly("run.json");
    }
  }

  @Test
  void aReaderSeesWholeRecordsOnlyWhileTheyAreReplaced() throws InterruptedException {
    RunRecordStore store = new RunRecordStore(project);
    RunRecord one = Records.revenue("r1");
    RunRecord two = failed("r1", Map.of());
    store.write(one);
    AtomicBoolean done = new AtomicBoolean();
    List<RunRecord> seen = new ArrayList<>();
    Thread reader =
        new Thread(
            () -> {
              while (!done.get()) {
                seen.add(store.read("r1").orElseThrow());
              }
            });
    List<Throwable> errors = new ArrayList<>();
    reader.setUncaughtExceptionHandler((thread, e) -> errors.add(e));
    reader.start();
    for (int i = 0; i < 200; i++) {
      store.write(i % 2 == 0 ? two : one);
    }
    done.set(true);
    reader.join();
    assertThat(errors).isEmpty();
    assertThat(seen).isNotEmpty().isSubsetOf(one, two);
  }

  @Test
  void secretsAreNotStored() throws IOException {
    RunRecordStore store = new RunRecordStore(project);
    Path file =
        store.write(
            failed("r1", Map.of("spark.hadoop.fs.s3a.secret.key", "hunter2", "a.b", "shown")));
    assertThat(Files.readString(file)).doesNotContain("hunter2").contains("shown");
    assertThat(store.latest().orElseThrow().conf())
        .containsEntry("spark.hadoop.fs.s3a.secret.key", Redaction.REDACTED);
  }

  @Test
  void secretsCanBeHiddenInTextsOfARun() {
    RunRecord hidden = Records.revenue("r1").hiding(List.of("orders", "7400000", "soundex"));
    String json = new String(RunRecordJson.write(hidden), UTF_8);
    assertThat(json)
        .doesNotContain("FROM orders")
        .doesNotContain("7400000")
        .doesNotContain("soundex")
        .contains("FROM " + Redaction.REDACTED);
    assertThat(Records.revenue("r1").hiding(List.of())).isEqualTo(Records.revenue("r1"));
  }

  @Test
  void damagedRecordsAreNamed() throws IOException {
    Map<String, String> reasonByContent =
        Map.of(
            "{\"version\": 1,",
            "Unexpected end-of-input",
            "[]",
            "it is not a JSON object",
            "",
            "it is not a JSON object",
            "{}",
            "its version is missing (accepted: 1)",
            "{\"version\": 2}",
            "its version is 2 (accepted: 1)",
            "{\"version\": 1}",
            "the field 'runId' is missing or of the wrong type");
    RunRecordStore store = new RunRecordStore(project);
    Path file = store.write(Records.revenue("r1"));
    for (Map.Entry<String, String> entry : reasonByContent.entrySet()) {
      Files.writeString(file, entry.getKey());
      assertThatThrownBy(() -> store.read("r1"))
          .isInstanceOfSatisfying(
              KindlingException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.RECORD_INVALID))
          .hasMessageStartingWith("Cannot read run record '" + file + "': " + entry.getValue())
          .hasMessageEndingWith("Delete its folder to forget the run.");
    }
    String unknown =
        new String(RunRecordJson.write(Records.revenue("r1")), UTF_8)
            .replace("SUCCEEDED", "EXPLODED");
    Files.writeString(file, unknown);
    assertThatThrownBy(() -> store.read("r1"))
        .hasMessageContaining("the field 'status' has the unknown value 'EXPLODED'");
  }

  @Test
  void runsOutsideOfTheProjectCannotBeNamed() {
    RunRecordStore store = new RunRecordStore(project);
    for (String name : List.of("..", "../..", "a/b", "", "/etc")) {
      assertThatThrownBy(() -> store.read(name))
          .isInstanceOf(KindlingException.class)
          .hasMessageStartingWith("'" + name + "' is not the name of a run");
    }
  }

  @Test
  void aProjectThatCannotBeWrittenIsNamed() throws IOException {
    Files.writeString(project.resolve(".kindling"), "a file where a folder is needed");
    RunRecordStore store = new RunRecordStore(project);
    assertThatThrownBy(() -> store.write(Records.revenue("r1")))
        .isInstanceOfSatisfying(
            KindlingException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_ACCESS))
        .hasMessageStartingWith("Cannot write run record");
  }

  private static RunRecord failed(String runId, Map<String, String> conf) {
    RunRecord base = Records.revenue(runId);
    return new RunRecord(
        RunRecord.VERSION,
        runId,
        base.pipeline(),
        base.file(),
        base.startedAt(),
        base.finishedAt(),
        RunStatus.FAILED,
        base.kindlingVersion(),
        conf,
        List.of(),
        List.of(),
        Optional.of(
            new ErrorRecord("SPARK_ERROR", "[DIVIDE_BY_ZERO] Division by zero.\n\t\"a/b\"")));
  }
}
