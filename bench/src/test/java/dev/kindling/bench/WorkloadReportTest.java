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

class WorkloadReportTest {
  private static final EngineKind US = EngineKind.DUCKDB;

  @Test
  void ratiosAreOfTheSumsOfMedians() {
    WorkloadReport report = measured("--min", "9.9");
    ObjectNode json = report.json();
    // Medians 10 and 20 against 100 and 200; the slow third round of query 1 does not count.
    assertThat(json.path("ratios").path("Spark tuned / " + US.label()).asDouble()).isEqualTo(10.0);
    assertThat(report.passed()).isTrue();
    assertThat(report.csv().lines()).hasSize(1 + 2 * 2 * 3);
  }

  @Test
  void aRatioBelowTheMinimumFails() {
    WorkloadReport report = measured("--min", "10.1");
    assertThat(report.passed()).isFalse();
    assertThat(report.text()).contains("FAILED  the ratio 10.00 is below --min 10.1");
  }

  @Test
  void aDifferenceFailsHoweverFast() {
    WorkloadReport report = measured();
    report.compared(US, q(2), new Comparison(Optional.of("3 rows, expected 4"), false), false);
    assertThat(report.passed()).isFalse();
    assertThat(report.text())
        .contains("FAILED  q2 on " + US.label() + " differs from Spark: 3 rows, expected 4");
  }

  @Test
  void rowsThatChangeFromRoundToRoundFail() {
    WorkloadReport report = measured();
    report.timing(US, q(1), 4, answer("other", 10));
    assertThat(report.passed()).isFalse();
    assertThat(report.text()).contains("round 4 gave other rows");
  }

  @Test
  void aTotalWithAMissingQueryIsNoTotal() {
    WorkloadReport report = measured("--min", "1");
    report.failure(EngineKind.SPARK_TUNED, q(1), "out of memory");
    assertThat(report.json().path("ratios").fieldNames())
        .toIterable()
        .allSatisfy(name -> assertThat(name).endsWith(", 1 of 2 queries"));
    assertThat(report.passed()).isFalse();
    assertThat(report.text()).contains("no ratio to compare with --min 1.0");
  }

  @Test
  void aQueryThatSparkItselfEndsWithAnErrorIsLeftOut() {
    WorkloadReport report = measured("--min", "1");
    report.failure(EngineKind.SPARK_TUNED, q(1), "[DIVIDE_BY_ZERO] Division by zero.");
    assertThat(report.passed()).isFalse();
    report.failure(US, q(1), "division by zero");
    assertThat(report.passed()).isTrue();
    assertThat(report.text()).contains("Spark itself ends with an error: q1 DIVIDE_BY_ZERO");
    report.failure(US, q(1), "left to Spark: a reason");
    assertThat(report.passed()).isFalse();
  }

  @Test
  void planningIsShownApartWhereTheEngineTellsIt() {
    WorkloadReport report = measured();
    report.answered(US, q(1), answer("same", 1));
    assertThat(report.text()).doesNotContain("planning");
    report.timing(
        US,
        q(1),
        5,
        new Answer(
            Optional.of(Duration.ofMillis(4)),
            Duration.ofMillis(6),
            "same",
            1,
            Optional.empty(),
            false,
            Optional.empty()));
    assertThat(report.text()).contains("planning").contains("execution");
  }

  private static WorkloadReport measured(String... more) {
    List<String> args = new ArrayList<>(List.of(more));
    args.addAll(List.of("--queries", "1,2", "--rounds", "3", "--engines", "duckdb,spark-tuned"));
    WorkloadReport report =
        new WorkloadReport(
            Workload.TPCH, BenchOptions.parse(Workload.TPCH, args), Machine.describe());
    for (EngineKind engine : List.of(US, EngineKind.SPARK_TUNED)) {
      int factor = engine == US ? 1 : 10;
      for (int query = 1; query <= 2; query++) {
        report.answered(engine, q(query), answer("same", 1));
        for (int round = 1; round <= 3; round++) {
          int disturbance = round == 3 && query == 1 ? 5000 : 0;
          report.timing(engine, q(query), round, answer("same", query * 10 * factor + disturbance));
        }
      }
    }
    report.compared(US, q(1), new Comparison(Optional.empty(), false), false);
    return report;
  }

  private static Answer answer(String digest, int millis) {
    return new Answer(
        Optional.empty(),
        Duration.ofMillis(millis),
        digest,
        1,
        Optional.empty(),
        false,
        Optional.empty());
  }

  private static Workload.Query q(int number) {
    return Workload.TPCH.query("q" + number);
  }
}
