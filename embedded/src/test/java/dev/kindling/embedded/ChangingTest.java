package dev.kindling.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which queries may give other rows for the same input. */
class ChangingTest {
  @TempDir static Path folder;
  private static EmbeddedSession session;

  @BeforeAll
  static void open() {
    session = EmbeddedSession.open(new EmbeddedOptions(OptionalLong.empty(), folder, 1, Map.of()));
    session.registerView("t", session.prepare("SELECT id, id % 2 AS kind FROM range(9)", Map.of()));
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static boolean changes(String sql) {
    return session.changing(session.prepare(sql, Map.of())).isPresent();
  }

  @Test
  void randomNumbersTheTimeTheUserAndSamplesDo() {
    assertThat(
            List.of(
                "rand()",
                "rand(1)",
                "randn()",
                "uuid()",
                "shuffle(array(1, 2))",
                "randstr(3)",
                "uniform(1, 9)",
                "current_date",
                "current_date()",
                "curdate()",
                "current_timestamp()",
                "now()",
                "localtimestamp()",
                "unix_timestamp()",
                "date_add(current_date(), 1)",
                "current_user()",
                "user()",
                "session_user()",
                "current_database()",
                "current_schema()",
                "current_catalog()",
                "monotonically_increasing_id()",
                "spark_partition_id()",
                "input_file_name()",
                "reflect('java.util.UUID', 'randomUUID')",
                "(SELECT max(id) FROM t WHERE id < hour(now()))",
                "transform(array(1, 2), x -> x + rand())",
                "exists(SELECT 1 FROM t WHERE rand() < 0.5)"))
        .allSatisfy(sql -> assertThat(changes("SELECT " + sql + " AS x FROM t")).as(sql).isTrue());
    assertThat(
            List.of(
                "SELECT * FROM t TABLESAMPLE (50 PERCENT)",
                "WITH w AS (SELECT now() AS n) SELECT * FROM t, w",
                "SELECT id FROM t GROUP BY id HAVING rand() < 1",
                "SELECT id FROM t UNION ALL SELECT CAST(rand() AS BIGINT)",
                "SELECT * FROM t JOIN (SELECT uuid() AS u) ON true",
                "SELECT id FROM t ORDER BY rand() LIMIT 1"))
        .allSatisfy(sql -> assertThat(changes(sql)).as(sql).isTrue());
  }

  @Test
  void theRestDoesNot() {
    assertThat(
            List.of(
                "SELECT id, kind, id + 1 AS next FROM t WHERE id > 3",
                "SELECT kind, count(*), sum(id), max(id), collect_list(id) FROM t GROUP BY ALL",
                "SELECT id, row_number() OVER (PARTITION BY kind ORDER BY id) AS n FROM t",
                "SELECT date_add(DATE'2026-01-01', 1), hash('x'), xxhash64('x'), md5('x')",
                "SELECT * FROM t a JOIN t b USING (id) WHERE EXISTS (SELECT 1 FROM t c WHERE c.id = a.id)",
                "SELECT t.id, (SELECT max(kind) FROM t u WHERE u.id = t.id) AS m FROM t",
                "SELECT transform(array(1, 2), x -> x + 1), year(TIMESTAMP'2026-01-01 00:00:00')",
                "WITH w AS (SELECT * FROM t) SELECT * FROM w PIVOT (sum(id) FOR kind IN (0, 1))",
                "SELECT explode(sequence(1, 3)) AS e, current_timezone() AS z"))
        .allSatisfy(
            sql -> assertThat(changes(sql)).as(sql).isEqualTo(sql.contains("current_timezone")));
  }
}
