package dev.kindling.model.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.OnViolation;
import dev.kindling.model.record.ExpectationResult;
import dev.kindling.model.record.ExpectationStatus;
import dev.kindling.model.record.Figure;
import dev.kindling.model.record.Figure.Kind;
import dev.kindling.model.record.Materialisation;
import dev.kindling.model.record.Observed;
import dev.kindling.model.record.RunRecord;
import dev.kindling.model.record.RunRecordStore;
import dev.kindling.model.record.RunStatus;
import dev.kindling.model.record.TableRecord;
import dev.kindling.model.record.TableStatus;
import dev.kindling.model.record.UnusualFigure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHistoryTest {
  @TempDir Path project;

  private static TableRecord table(long rows, long nulls, long violations, long millis) {
    return new TableRecord(
        "orders",
        Engine.EMBEDDED,
        TableStatus.SUCCEEDED,
        Materialisation.TEMPORARY,
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.of(rows),
        OptionalLong.empty(),
        millis,
        Optional.empty(),
        List.of(
            new ExpectationResult(
                "not_null: day",
                false,
                OnViolation.WARN,
                ExpectationStatus.WARNED,
                violations,
                List.of(),
                Optional.empty())),
        List.of(),
        Optional.empty(),
        List.of(),
        new Observed(Map.of("day", nulls), List.of(), Optional.empty(), List.of()),
        Optional.empty());
  }

  private static RunRecord run(String id, String pipeline, TableRecord... tables) {
    return new RunRecord(
        RunRecord.VERSION,
        id,
        pipeline,
        "kindling.yaml",
        Instant.EPOCH,
        Instant.EPOCH,
        RunStatus.SUCCEEDED,
        "0.1.0",
        Map.of(),
        List.of(tables),
        List.of(),
        Optional.empty());
  }

  /** Runs of 1,000 rows, give or take 20, of which 1 % are NULL. */
  private static RunHistory history(int runs) {
    List<RunRecord> records = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      records.add(run("r" + i, "p", table(980 + 20 * (i % 3), 10, i % 2, 400 + i)));
    }
    return new RunHistory(records);
  }

  private static List<Kind> unusual(RunHistory history, TableRecord table) {
    return history.unusual(table).stream().map(found -> found.figure().kind()).toList();
  }

  @Test
  void figuresInsideOfTheirBandsAreUsual() {
    assertThat(unusual(history(9), table(1000, 10, 1, 500))).isEmpty();
    assertThat(unusual(history(9), table(1090, 15, 1, 1300))).isEmpty();
  }

  @Test
  void eachFigureThatLeavesItsBandIsTold() {
    List<UnusualFigure> found = history(9).unusual(table(12, 6, 40, 9_000));

    assertThat(found)
        .extracting(UnusualFigure::text)
        .containsExactly(
            "12 rows, where the last 9 runs lead to expect 896 to 1,104",
            "50.0 % of column 'day' is NULL, where the last 9 runs lead to expect 0.0 % to 2.0 %",
            "40 rows break 'not_null: day', where the last 9 runs lead to expect 0 to 2",
            "it took 9.0 s, where the last 9 runs lead to expect 0.0 s to 1.4 s");
  }

  @Test
  void fewerViolationsAndLessTimeAreNoNews() {
    List<RunRecord> slow = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      slow.add(run("r" + i, "p", table(1000, 10, 500, 60_000)));
    }
    assertThat(unusual(new RunHistory(slow), table(1000, 10, 0, 10))).isEmpty();
    assertThat(unusual(new RunHistory(slow), table(800, 8, 0, 10))).containsExactly(Kind.ROWS);
  }

  @Test
  void fewRunsMakeNoBand() {
    assertThat(unusual(history(Band.FEWEST_RUNS - 1), table(1, 1, 99, 99_999))).isEmpty();
    assertThat(unusual(history(Band.FEWEST_RUNS), table(1, 1, 99, 99_999))).hasSize(4);
  }

  @Test
  void anOddRunDoesNotWidenTheBand() {
    List<RunRecord> runs = new ArrayList<>(history(9).runs());
    runs.set(4, run("odd", "p", table(1_000_000, 10, 0, 400)));
    assertThat(unusual(new RunHistory(runs), table(2_000, 20, 0, 400))).containsExactly(Kind.ROWS);
  }

  @Test
  void whereMostValuesAreAlikeTheOthersStillCount() {
    List<Double> values = List.of(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 30.0);
    Band band = Band.of(Kind.VIOLATIONS, values).orElseThrow();
    assertThat(band.low()).isZero();
    // 3.5 times 1.2533 times the mean of the distances, 30 / 9.
    assertThat(band.high()).isBetween(14.6, 14.7);
  }

  @Test
  void timeIsComparedOnOneEngineOnly() {
    TableRecord now = table(1000, 10, 1, 20_000);
    TableRecord onSpark =
        new TableRecord(
            now.name(),
            Engine.SPARK,
            now.status(),
            now.materialisation(),
            List.of(),
            List.of(),
            List.of(),
            now.sql(),
            now.engineSql(),
            now.rows(),
            now.bytes(),
            now.millis(),
            now.badRecords(),
            now.expectations(),
            now.reads(),
            now.output());
    assertThat(unusual(history(9), now)).containsExactly(Kind.TIME);
    assertThat(unusual(history(9), onSpark)).isEmpty();
  }

  @Test
  void tablesThatWereNotComputedSayNothing() {
    List<RunRecord> runs = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      runs.add(run("r" + i, "p", table(1000, 10, 0, 400).unchanged("as it was")));
    }
    RunHistory history = new RunHistory(runs);
    assertThat(history.of("orders")).isEmpty();
    assertThat(history.band(table(1, 1, 1, 1), Figure.of(Kind.ROWS))).isEmpty();
    assertThat(history(9).unusual(table(1, 1, 1, 1).unchanged("as it was"))).isEmpty();
  }

  @Test
  void damagedRecordsAndOtherPipelinesArePassedOver() throws IOException {
    RunRecordStore store = new RunRecordStore(project);
    store.write(run("r1", "p", table(1, 0, 0, 1)));
    store.write(run("r2", "other", table(2, 0, 0, 1)));
    store.write(run("r3", "p", table(3, 0, 0, 1)));
    store.write(run("r4", "p", table(4, 0, 0, 1)));
    Files.writeString(store.directory("r4").resolve("run.json"), "{\"version\": 1");

    assertThat(RunHistory.read(store, "p", 20).runs())
        .extracting(RunRecord::runId)
        .containsExactly("r3", "r1");
    assertThat(RunHistory.read(store, "p", 1).newest()).map(RunRecord::runId).contains("r3");
  }
}
