package dev.kindling.cluster.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.record.ColumnRecord;
import dev.kindling.model.record.Materialisation;
import dev.kindling.model.record.RunRecord;
import dev.kindling.model.record.RunStatus;
import dev.kindling.model.record.TableRecord;
import dev.kindling.model.record.TableStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFactsTest {
  private static TableRecord table(
      String name, Optional<String> sql, OptionalLong rows, OptionalLong bytes, String... types) {
    return new TableRecord(
        name,
        sql.isPresent() ? Engine.SPARK : Engine.EMBEDDED,
        TableStatus.SUCCEEDED,
        Materialisation.INLINED,
        List.of(),
        List.of(),
        java.util.Arrays.stream(types).map(type -> new ColumnRecord("c", type, true)).toList(),
        sql,
        Optional.empty(),
        rows,
        bytes,
        1,
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  private static RunRecord run(TableRecord... tables) {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    return new RunRecord(
        RunRecord.VERSION,
        "run-1",
        "p",
        "kindling.yaml",
        start,
        start.plusSeconds(7),
        RunStatus.SUCCEEDED,
        "1",
        Map.of(),
        List.of(tables),
        List.of(),
        Optional.empty());
  }

  @Test
  void addsUpTheSourcesAndSaysHowItKnows() {
    RunFacts facts =
        RunFacts.of(
            run(
                table(
                    "a",
                    Optional.empty(),
                    OptionalLong.of(1000),
                    OptionalLong.empty(),
                    "BIGINT",
                    "STRING"),
                table("b", Optional.empty(), OptionalLong.of(10), OptionalLong.of(5000), "INT"),
                table(
                    "c", Optional.empty(), OptionalLong.of(10), OptionalLong.empty(), "ARRAY<INT>"),
                table(
                    "d", Optional.of("SELECT 1"), OptionalLong.of(9), OptionalLong.of(9), "INT")));

    assertThat(facts.data()).hasValue(1000 * (8 + 8 + 20) + 5000);
    assertThat(facts.rows()).isEqualTo(1020);
    assertThat(facts.millis()).isEqualTo(7000);
    assertThat(facts.sparkTables()).isEqualTo(1);
    assertThat(facts.used())
        .containsExactly(
            "a: 1,000 rows × 36 bytes, Spark's own estimate for a row of its columns, = 35 KB",
            "b: 4.9 KB, as recorded");
    assertThat(facts.missing()).hasSize(2).anyMatch(line -> line.contains("source c"));
  }

  @Test
  void runWithoutKnownSizesHasNoData() {
    assertThat(RunFacts.of(run()).data()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BOOLEAN",
        "TINYINT",
        "SMALLINT",
        "INT",
        "BIGINT",
        "FLOAT",
        "DOUBLE",
        "DATE",
        "TIMESTAMP",
        "TIMESTAMP_NTZ",
        "STRING",
        "BINARY",
        "DECIMAL(12,2)",
        "DECIMAL(18,0)",
        "DECIMAL(19,4)"
      })
  void widthsAreThoseOfSparksTypes(String type) {
    assertThat(RowWidth.of(List.of(new ColumnRecord("c", type, true))))
        .hasValue(8 + DataType.fromDDL(type).defaultSize());
  }
}
