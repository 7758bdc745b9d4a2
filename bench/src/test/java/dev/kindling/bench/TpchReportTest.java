package dev.kindling.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kindling.bench.engine.EngineKind;
import dev.kindling.bench.engine.EngineProcess.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TpchReportTest {
  private static final EngineKind US = EngineKind.DUCKDB;

  @Test
  void ratiosAreOfTheSumsOfMedians() {
    TpchReport report = measured("--min", "9.9");
    ObjectNode json = report.json();
    // Medians 10 and 20 against 100 and 200; the slow third round of query 1 does not count.
    assertThat(json.path("ratios").path("Spark tuned / " + US.label()).asDouble()).isEqualTo(10.0);
    assertThat(report.passed()).isTrue();
    assertThat(report.csv().lines()).hasSize(1 + 2 * 2 * 3);
  }

  @Test
  void aRatioBelowTheMinimumFails() {
    TpchReport report = measured("--min", "10.1");
    assertThat(report.passed()).isFalse();
    assertThat(report.text()).contains("FAILED  the ratio 10.00 is below --min 10.1");
  }

  @Test
  void aDifferenceFailsHoweverFast() {
    TpchReport report = measured();
    report.compared(US, 2, Optional.of("3 rows, expected 4"), false);
    assertThat(report.passed()).isFalse();
    assertThat(report.text())
        .contains("FAILED  q2 on " + US.label() + " differs from Spark: 3 rows, expected 4");
  }

  @Test
  void rowsThatChangeFromRoundToRoundFail() {
    TpchReport report = measured();
    report.timing(US, 1, 4, answer("other", 10));
    assertThat(report.passed()).isFalse();
    assertThat(report.text()).contains("round 4 gave other rows");
  }

  @Test
  void aTotalWithAMissingQueryIsNoTotal() {
    TpchReport report = measured("--min", "1");
    report.failure(EngineKind.SPARK_TUNED, 1, "out of memory");
    assertThat(report.json().path("ratios")).isEmpty();
    assertThat(report.passed()).isFalse();
    assertThat(report.text()).contains("no ratio to compare with --min 1.0");
  }

  @Test
  void planningIsShownApartWhereTheEngineTellsIt() {
    TpchReport report = measured();
    report.digest(US, 1, "same");
    assertThat(report.text()).doesNotContain("planning");
    report.timing(
        US,
        1,
        5,
        new Answer(
            Optional.of(Duration.ofMillis(4)), Duration.ofMillis(6), "same", Optional.empty()));
    assertThat(report.text()).contains("planning").contains("execution");
  }

  private static TpchReport measured(String... more) {
    List<String> args = new ArrayList<>(List.of(more));
    args.addAll(List.of("--queries", "1,2", "--rounds", "3", "--engines", "duckdb,spark-tuned"));
    TpchReport report = new TpchReport(BenchOptions.parse(args), Machine.describe());
    for (EngineKind engine : List.of(US, EngineKind.SPARK_TUNED)) {
      int factor = engine == US ? 1 : 10;
      for (int query = 1; query <= 2; query++) {
        report.digest(engine, query, "same");
        for (int round = 1; round <= 3; round++) {
          int disturbance = round == 3 && query == 1 ? 5000 : 0;
          report.timing(engine, query, round, answer("same", query * 10 * factor + disturbance));
        }
      }
    }
    report.compared(US, 1, Optional.empty(), false);
    return report;
  }

  private static Answer answer(String digest, int millis) {
    return new Answer(Optional.empty(), Duration.ofMillis(millis), digest, Optional.empty());
  }
}
