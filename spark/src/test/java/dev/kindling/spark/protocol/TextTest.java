package dev.kindling.spark.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Expected lines are what Spark's own {@code spark-sql} shell and golden files show. */
class TextTest {
  @TempDir Path folder;
  private SparkProcess spark;

  @BeforeEach
  void open() {
    spark = Children.fresh(Map.of("spark.sql.session.timeZone", "America/Los_Angeles"));
  }

  @Test
  void printsEveryTypeAsTheShellDoes() throws IOException {
    assertThat(
            cells(
                """
                SELECT true, 1Y, -2S, 3, 4L, 1.5F, 1e7D, 1e-4D, double('NaN'), -double('Infinity'),
                  1.50BD, 1e-10BD, 'tab\\there', X'41C3A4', DATE'1582-10-05', DATE'0001-01-01',
                  TIMESTAMP'2026-01-02 03:04:05.600', TIMESTAMP_NTZ'2026-01-02 03:04:05',
                  INTERVAL '1-2' YEAR TO MONTH, INTERVAL '1 02:03:04.5' DAY TO SECOND,
                  make_interval(1, 2, 0, 3, 0, 0, 4.5), NULL, parse_json('{"a":[1,null]}'),
                  array(1.0BD, NULL), array('a', NULL), array(DATE'2026-01-01'), map('k', 'v'),
                  struct(1 AS a, 'x' AS b, NULL AS c, X'41' AS d),
                  array(struct(TIMESTAMP'2026-01-02 03:04:05' AS t)), CAST('x' AS CHAR(3)), ''
                """))
        .containsExactly(
            List.of(
                "true",
                "1",
                "-2",
                "3",
                "4",
                "1.5",
                "1.0E7",
                "1.0E-4",
                "NaN",
                "-Infinity",
                "1.50",
                "0.0000000001",
                "tab\there",
                "Aä",
                "1582-10-05",
                "0001-01-01",
                "2026-01-02 03:04:05.6",
                "2026-01-02 03:04:05",
                "1-2",
                "1 02:03:04.500000000",
                "1 years 2 months 3 days 4.5 seconds",
                "NULL",
                "{\"a\":[1,null]}",
                "[1.0,null]",
                "[\"a\",null]",
                "[2026-01-01]",
                "{\"k\":\"v\"}",
                "{\"a\":1,\"b\":\"x\",\"c\":null,\"d\":A}",
                "[{\"t\":2026-01-02 03:04:05}]",
                "x",
                ""));
  }

  @Test
  void keepsOrderAndNamesOfManyRowsWithEqualNames() throws IOException {
    Path file = folder.resolve("rows");
    Result result =
        spark
            .run(
                new Query(
                    "SELECT id AS a, -id AS a FROM range(0, 30000, 1, 3) ORDER BY id DESC",
                    new Output.Text(file)))
            .orThrow();

    assertThat(result.schemaJson()).containsPattern("\"name\":\"a\".*\"name\":\"a\"");
    assertThat(result.rows()).hasValue(30000);
    List<List<Optional<String>>> rows = rows(file);
    assertThat(rows).hasSize(30000);
    assertThat(rows.get(0)).containsExactly(Optional.of("29999"), Optional.of("-29999"));
    assertThat(rows.get(29999)).containsExactly(Optional.of("0"), Optional.of("0"));
  }

  @Test
  void tellsNullFromItsName() throws IOException {
    Path file = folder.resolve("nulls");
    spark.run(new Query("SELECT NULL, 'NULL'", new Output.Text(file))).orThrow();

    assertThat(rows(file).get(0)).containsExactly(Optional.empty(), Optional.of("NULL"));
  }

  @Test
  void printsCommandsInTheShellsForm() throws IOException {
    spark
        .run(new Statement("CREATE TABLE people (id INT COMMENT 'key', name STRING) USING parquet"))
        .orThrow();

    assertThat(cells("SHOW TABLES")).containsExactly(List.of("people"));
    assertThat(cells("DESCRIBE people").get(0))
        .containsExactly("id                  ", "int                 ", "key                 ");
    assertThat(cells("SET spark.sql.session.timeZone"))
        .containsExactly(List.of("spark.sql.session.timeZone", "America/Los_Angeles"));
    assertThat(cells("EXPLAIN SELECT 1").get(0).get(0)).contains("== Physical Plan ==\n");
    assertThat(cells("SHOW FUNCTIONS LIKE 'soundex'")).containsExactly(List.of("soundex"));
  }

  @Test
  void returnsTheRowsOfAStatementInline() {
    Result result = spark.run(new Statement("SHOW FUNCTIONS LIKE 'soun*'")).orThrow();

    assertThat(Wire.line(result.inline())).isEqualTo("[[\"soundex\"]]");
    assertThat(result.rows()).isEqualTo(OptionalLong.of(1));
  }

  private List<List<String>> cells(String sql) throws IOException {
    Path file = folder.resolve("cells");
    spark.run(new Query(sql, new Output.Text(file))).orThrow();
    return rows(file).stream()
        .map(row -> row.stream().map(cell -> cell.orElse("NULL")).collect(Collectors.toList()))
        .toList();
  }

  private static List<List<Optional<String>>> rows(Path file) throws IOException {
    List<List<Optional<String>>> rows = new ArrayList<>();
    try (TextRows text = TextRows.open(file)) {
      text.forEachRemaining(rows::add);
    }
    return rows;
  }
}
