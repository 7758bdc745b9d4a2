package dev.kindling.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.bench.engine.EngineProcess.Answer;
import dev.kindling.bench.engine.EngineProcess.EngineFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineProcessTest {
  @TempDir static Path temp;
  static EngineProcess duckDb;

  @BeforeAll
  static void start() {
    duckDb = EngineProcess.start(EngineKind.DUCKDB, 1, 1L << 30, temp, Duration.ofMinutes(2));
  }

  @AfterAll
  static void stop() {
    duckDb.close();
  }

  @Test
  void valuesAndTypesArriveAsSparkWritesThem() throws EngineFailure {
    ResultTable rows =
        duckDb
            .runForRows(
                "SELECT 1::BIGINT AS id, 'né\n\"' AS name, 2.50::DECIMAL(12,2) AS price,"
                    + " DATE '1998-12-01' AS day, NULL::INT AS n")
            .rows()
            .orElseThrow();
    assertThat(rows.names()).containsExactly("id", "name", "price", "day", "n");
    assertThat(rows.types()).containsExactly("bigint", "string", "decimal(12,2)", "date", "int");
    assertThat(rows.rows())
        .containsExactly(List.of("1", "né\n\"", "2.50", "1998-12-01", ResultTable.NULL));
  }

  @Test
  void theDigestDependsOnTheRowsAndNotOnTheirOrder() throws EngineFailure {
    Answer up = duckDb.runForTime("SELECT * FROM range(100) t(i) ORDER BY i");
    Answer down = duckDb.runForTime("SELECT * FROM range(100) t(i) ORDER BY i DESC");
    Answer other = duckDb.runForTime("SELECT * FROM range(1, 101) t(i)");
    assertThat(down.digest()).isEqualTo(up.digest()).isNotEqualTo(other.digest());
    assertThat(up.rows()).isEmpty();
    assertThat(up.total()).isPositive();
  }

  @Test
  void aFailedQueryIsReportedAndTheEngineGoesOn() throws EngineFailure {
    assertThatThrownBy(() -> duckDb.runForTime("SELECT nonsense"))
        .isInstanceOf(EngineFailure.class)
        .hasMessageContaining("raw DuckDB")
        .hasMessageContaining("nonsense");
    assertThat(duckDb.runForTime("SELECT 1").total()).isPositive();
  }

  @Test
  void anEngineThatGivesNoAnswerInTimeIsEndedAndSaysSo() {
    try (EngineProcess hung =
        EngineProcess.start(EngineKind.DUCKDB, 1, 1L << 30, temp, Duration.ofMillis(500))) {
      assertThat(hung.version()).startsWith("DuckDB v");
      String endless = "SELECT sum(a.range * b.range) FROM range(1000000) a, range(10000000) b";
      assertThatThrownBy(() -> hung.runForTime(endless))
          .isInstanceOf(EngineFailure.class)
          .hasMessageContaining("gave no answer to 'run'");
      assertThatThrownBy(() -> hung.runForTime("SELECT 1")).isInstanceOf(EngineFailure.class);
    }
  }
}
