package dev.kindling.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.bench.engine.EngineKind;
import dev.kindling.model.error.KindlingException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {

  @Test
  void dataFramesCompareTheExtensionWithSpark() {
    assertThat(parse(List.of("--dataframe")).engines())
        .containsExactly(EngineKind.DATAFRAME, EngineKind.SPARK, EngineKind.SPARK_TUNED);
  }

  @Test
  void defaultsAreTheWholeBenchmark() {
    BenchOptions options = parse(List.of());
    assertThat(options.queries()).hasSize(22);
    assertThat(options.rounds()).isEqualTo(5);
    assertThat(options.minRatio()).isEmpty();
    assertThat(options.engines())
        .containsExactly(
            EngineKind.KINDLING, EngineKind.DUCKDB, EngineKind.SPARK, EngineKind.SPARK_TUNED);
    assertThat(options.memoryBytes()).isEqualTo(4L << 30);
    assertThat(options.data().toString()).endsWith("tpch-sf1");
    assertThat(parse(List.of("--scale", "0.5")).data().toString()).endsWith("tpch-sf0.5");
  }

  @Test
  void bothSpellingsOfAValueAreTaken() {
    BenchOptions options = parse(List.of("--queries=1,6", "--min", "9", "--memory=1500m"));
    assertThat(options.queries()).extracting(Workload.Query::name).containsExactly("q1", "q6");
    assertThat(options.minRatio()).hasValue(9.0);
    assertThat(options.memoryBytes()).isEqualTo(1500L << 20);
  }

  @Test
  void allProblemsAreReportedAtOnceWithWhatIsAccepted() {
    assertThatThrownBy(
            () ->
                parse(
                    List.of(
                        "--rounds", "0", "--queries", "23", "--engines", "presto", "--sclae=1")))
        .isInstanceOf(KindlingException.class)
        .hasMessageContaining("--rounds is '0' (accepted: a whole number from 1)")
        .hasMessageContaining("--queries is '23'")
        .hasMessageContaining("--engines is 'presto' (accepted: ")
        .hasMessageContaining("Unknown option '--sclae' (accepted: --scale, ");
  }

  @Test
  void queriesAreThoseOfTheWorkload() {
    BenchOptions options = BenchOptions.parse(Workload.TPCDS, List.of());
    assertThat(options.queries()).hasSize(103 + 32);
    assertThat(options.rounds()).isEqualTo(3);
    assertThat(options.engines())
        .containsExactly(EngineKind.KINDLING, EngineKind.DUCKDB, EngineKind.SPARK);
    assertThat(BenchOptions.parse(Workload.SSB, List.of()).queries()).hasSize(13);
    assertThat(BenchOptions.parse(Workload.TPCDS, List.of("--queries", "14a, q22a-v2.7")).queries())
        .extracting(Workload.Query::name)
        .containsExactly("q14a", "q22a-v2.7");
    assertThat(BenchOptions.parse(Workload.FUNCTIONS, List.of("--queries", "upper")).queries())
        .extracting(Workload.Query::name)
        .containsExactly("upper");
    assertThat(BenchOptions.parse(Workload.SSB, List.of()).data().toString()).endsWith("ssb-sf1");
    assertThatThrownBy(() -> BenchOptions.parse(Workload.SSB, List.of("--queries", "5.1")))
        .hasMessageContaining("--queries is '5.1' (accepted: all, or some parted by commas: 1.1, ");
  }

  @Test
  void aWrongCommandLineExitsWithTwoAndAnExplanationOnStderr() {
    for (String[] args :
        new String[][] {
          {}, {"tpce"}, {"tpch", "--scale", "big"}, {"cold", "--kindling", "/no/such/launcher"}
        }) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      assertThat(Bench.run(new PrintStream(out), new PrintStream(err), args)).isEqualTo(2);
      assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
      assertThat(err.toString(StandardCharsets.UTF_8)).isNotBlank();
    }
  }

  private static BenchOptions parse(List<String> args) {
    return BenchOptions.parse(Workload.TPCH, args);
  }
}
