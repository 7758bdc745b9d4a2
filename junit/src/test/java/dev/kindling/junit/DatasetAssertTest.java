package dev.kindling.junit;

import static dev.kindling.junit.DatasetAssertions.assertThat;
import static dev.kindling.junit.Fixtures.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SparkTest(conf = "spark.sql.shuffle.partitions=3")
@Tag("suite")
class DatasetAssertTest {
  private final SparkSession spark;
  private final Fixtures fixtures;

  DatasetAssertTest(SparkSession spark) {
    this.spark = spark;
    this.fixtures = Fixtures.of(spark);
  }

  private static void assertFails(String message, ThrowingCallable assertion) {
    assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessage(message);
  }

  @Test
  void rowsCountAsOftenAsTheyOccurInAnyOrder() {
    Dataset<Row> three =
        fixtures.table("id INT, name STRING", row(1, "a"), row(1, "a"), row(2, null));

    assertThat(three).hasRows(row(2, null), row(1, "a"), row(1, "a"));
    assertThat(three).hasSameRowsAs(three.orderBy("id"));
    assertFails(
        """
        The rows differ: expected 2 rows, found 3 rows
          not expected:
            id=1, name=a""",
        () -> assertThat(three).hasRows(row(1, "a"), row(2, null)));
  }

  @Test
  void orderCountsWhereItIsAskedFor() {
    Dataset<Row> ordered = fixtures.table("id INT", row(1), row(2)).coalesce(1);

    assertThat(ordered).inOrder().hasRows(row(1), row(2));
    assertFails(
        """
        The rows differ, in order: expected 2 rows, found 2 rows
          row 1 differs
            id  expected  2
                found     1
          row 2 differs
            id  expected  1
                found     2""",
        () -> assertThat(ordered).inOrder().hasRows(row(2), row(1)));
  }

  @Test
  void differingCellsAreShownBesideThoseThatAreTheSame() {
    Dataset<Row> found =
        fixtures.table(
            "category STRING, revenue DECIMAL(9,2), tags ARRAY<STRING>",
            row("a", 1, List.of("x")),
            row("b", 2.5, List.of("x", "y")));

    assertFails(
        """
        The rows differ: expected 2 rows, found 2 rows
          row 2 differs, with:
            category=b
            revenue  expected  3.50
                     found     2.50
            tags     expected  '['x', NULL]'
                     found     '['x', 'y']'""",
        () -> assertThat(found).hasRows(row("a", 1, List.of("x")), row("b", 3.5, row("x", null))));
  }

  @Test
  void columnsHaveToBeTheSameUnlessSomeAreNamed() {
    Dataset<Row> found = fixtures.table("id INT, name STRING", row(1, "a"));
    Dataset<Row> expected = fixtures.table("id BIGINT, name STRING, day DATE", row(1, "a", null));

    assertFails(
        """
        The columns differ:
          id  expected BIGINT, found INT
          day  missing, expected DATE""",
        () -> assertThat(found).hasSameRowsAs(expected));
    assertThat(found).onColumns("name").hasSameRowsAs(expected);
    assertFails(
        "The dataset has no column 'day' (found: id, name)",
        () -> assertThat(found).onColumns("day").hasSameRowsAs(expected));
  }

  @Test
  void nullabilityCountsWhereItIsAskedFor() {
    Dataset<Row> found = spark.sql("SELECT 1 AS id");
    Dataset<Row> expected = fixtures.table("id INT", row(1));

    assertThat(found).hasSameRowsAs(expected);
    assertFails(
        """
        The columns differ:
          id  expected INT, found INT NOT NULL""",
        () -> assertThat(found).withNullability().hasSameRowsAs(expected));
  }

  @Test
  void floatsMayBeApartAndNothingElse() {
    String schema = "x DOUBLE, s STRUCT<y: FLOAT, name: STRING>, n INT";
    Dataset<Row> found = fixtures.table(schema, row(1.05, List.of(2.5, "a1"), 1));

    assertThat(found).withTolerance(0.1).hasRows(row(1.1, List.of(2.45, "a1"), 1));
    assertThatThrownBy(() -> assertThat(found).hasRows(row(1.1, List.of(2.5, "a1"), 1)))
        .hasMessageContaining("1.1");
    for (List<Object> other :
        List.of(
            row(1.2, List.of(2.5, "a1"), 1),
            row(1.05, List.of(2.5, "a2"), 1),
            row(1.05, List.of(2.5, "a1"), 2),
            row(null, List.of(2.5, "a1"), 1))) {
      assertThatThrownBy(() -> assertThat(found).withTolerance(0.1).hasRows(other))
          .isInstanceOf(AssertionError.class);
    }
    assertThatThrownBy(() -> assertThat(found).withTolerance(-1))
        .hasMessage("A tolerance is a number from 0 on, found -1.0");
  }

  @Test
  void specialValuesAreThemselves() {
    Dataset<Row> found =
        fixtures.table(
            "x DOUBLE, b BINARY, t TIMESTAMP, m MAP<STRING, INT>",
            row("NaN", "ab", "2026-01-31 12:00:00", Map.of("k", 1, "l", 2)),
            row("-0.0", null, null, null));

    assertThat(found)
        .hasRows(
            row("NaN", new byte[] {97, 98}, "2026-01-31T12:00:00Z", Map.of("l", 2, "k", 1)),
            row(-0.0, null, null, null));
    assertThatThrownBy(
            () ->
                assertThat(found)
                    .hasRows(
                        row("NaN", "ab", "2026-01-31 12:00:00", Map.of("k", 1, "l", 2)),
                        row(0.0, null, null, null)))
        .hasMessageContaining("-0.0");
  }

  @Test
  void manyDifferencesAreCounted() {
    Dataset<Row> found = spark.range(15).toDF();

    assertThatThrownBy(() -> assertThat(found).hasNoRows())
        .hasMessageStartingWith("The rows differ: expected 0 rows, found 15 rows")
        .hasMessageEndingWith("  … and 5 rows more");
  }

  @Test
  void fixturesComeFromFilesToo(@TempDir Path folder) throws IOException {
    Path csv = Files.writeString(folder.resolve("orders.csv"), "id,name\n1,a\n2,\n");
    Path json =
        Files.writeString(
            folder.resolve("orders.json"), "[ {\"id\": 1, \"name\": \"a\"}, {\"id\": 2} ]");
    String schema = "id BIGINT, name STRING";
    Dataset<Row> orders = fixtures.table(schema, row(1, "a"), row(2, null));
    orders.write().parquet(folder.resolve("parquet").toString());

    assertThat(fixtures.csv(csv, schema)).hasSameRowsAs(orders);
    assertThat(fixtures.json(json, schema)).hasSameRowsAs(orders);
    assertThat(fixtures.parquet(folder.resolve("parquet"))).hasSameRowsAs(orders);
    assertThatThrownBy(() -> fixtures.parquet(folder.resolve("nowhere")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("There is no file " + folder.resolve("nowhere"));
    assertThatThrownBy(() -> fixtures.csv(csv, "name STRING, id BIGINT").collectAsList())
        .hasStackTraceContaining("CSV header does not conform to the schema");
  }

  @Test
  void sessionHasTheSettingsOfItsClassAndIsTheActiveOne() {
    assertThat(spark.conf().get("spark.sql.shuffle.partitions")).isEqualTo("3");
    assertThat(spark.conf().get("spark.sql.session.timeZone")).isEqualTo("UTC");
    assertThat(spark.conf().get("spark.ui.enabled")).isEqualTo("false");
    assertThat(SparkSession.builder().getOrCreate()).isSameAs(spark);
    assertThat(plan(spark)).doesNotContain("Kindling [DuckDB]");
  }

  static String plan(SparkSession spark) {
    return spark
        .sql("SELECT id % 3 AS k, count(*) AS n FROM VALUES (1), (2) AS t(id) GROUP BY 1")
        .queryExecution()
        .toString();
  }

  @Nested
  class Inside {
    @Test
    void nestedClassesShareTheSession(SparkSession inner) {
      assertThat(inner).isSameAs(spark);
    }
  }
}
