package dev.kindling.spark.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Relations that Spark reads for the embedded engine, and tables that only a catalogue knows. */
@Tag("slow")
class LeafImportTest {
  private static final String ROWS =
      """
      SELECT id, CAST(id % 7 AS TINYINT) b, CAST(id % 11 AS SMALLINT) s, CAST(id % 13 AS INT) i,
        CAST(id AS FLOAT) / 3 f, CAST(id AS DOUBLE) / 7 d, CAST(id AS DECIMAL(20, 4)) / 9 m,
        id % 2 = 0 AS t, IF(id % 5 = 0, NULL, concat('ä', id)) AS x, date_add(DATE'1969-12-25', CAST(id AS INT)) AS day,
        timestamp_micros(id * 1000001 - 5) AS at, timestamp_ntz'2020-03-29 01:59:59' + make_dt_interval(0, 0, 0, id) AS local
      FROM range(300)
      """;

  @TempDir static Path folder;
  private static SparkSession spark;

  @BeforeAll
  static void startSpark() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.sql.extensions", KindlingExtension.class.getName())
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.kindling.memory", "512m")
            .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
            .getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    for (String format : List.of("csv", "json", "orc")) {
      spark.sql("CREATE TABLE " + format + "_rows USING " + format + " AS " + ROWS);
    }
    spark.sql(
        "CREATE TABLE facts USING parquet AS SELECT id % 300 AS id, id AS n FROM range(20000)");
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @BeforeEach
  void takeAll() {
    spark.conf().set(Settings.TAKE, "all");
  }

  private static List<Row> onSpark(String query) {
    return TakeOver.suspended(() -> spark.sql(query).collectAsList());
  }

  private static String plan(Dataset<Row> rows) {
    return rows.queryExecution().executedPlan().toString();
  }

  private static void assertTaken(String query) {
    Dataset<Row> rows = spark.sql(query);
    assertThat(plan(rows)).contains("Kindling [DuckDB]").doesNotContain("Scan");
    assertThat(rows.collectAsList()).isNotEmpty().isEqualTo(onSpark(query));
  }

  @Test
  void takesEveryKindOfValueFromWhatSparkReads() {
    for (String format : List.of("csv", "json", "orc")) {
      assertTaken("SELECT * FROM " + format + "_rows ORDER BY id");
      assertTaken("SELECT count(*) FROM " + format + "_rows");
      assertTaken(
          "SELECT i, max(at), min(x), sum(m) FROM %s_rows WHERE t GROUP BY i ORDER BY i"
              .formatted(format));
    }
  }

  @Test
  void readsOneRelationSeveralTimes() {
    assertTaken(
        "SELECT a.id, b.x FROM csv_rows a JOIN csv_rows b ON a.id = b.i WHERE a.id IN (SELECT i FROM json_rows) ORDER BY 1, 2");
  }

  @Test
  void sparkReadsWhatIsTheSmallerPart() {
    spark.conf().set(Settings.TAKE, "heavy");
    String bigger = "SELECT x, sum(n) FROM facts JOIN csv_rows USING (id) GROUP BY x ORDER BY x";
    assertTaken(bigger.replace("csv_rows", "(SELECT id, x FROM csv_rows)"));

    Dataset<Row> alone = spark.sql("SELECT i, count(*) FROM csv_rows GROUP BY i");
    assertThat(plan(alone)).doesNotContain("Kindling [DuckDB]");
    assertThat(
            alone
                .queryExecution()
                .explainString(org.apache.spark.sql.execution.ExtendedMode$.MODULE$))
        .contains("csv_rows is CSV, not Parquet");
  }

  @Test
  void whatSparkCannotReadItReportsItself() {
    spark.sql(
        "CREATE TABLE broken (id INT) USING csv OPTIONS (mode 'FAILFAST') LOCATION '%s'"
            .formatted(folder.resolve("broken")));
    spark
        .range(3)
        .selectExpr("concat('no number ', id)")
        .write()
        .mode("append")
        .csv(folder.resolve("broken").toString());
    spark.catalog().refreshTable("broken");

    assertThatThrownBy(() -> spark.sql("SELECT sum(id) FROM broken").collectAsList())
        .hasStackTraceContaining("MALFORMED_RECORD_IN_PARSING");
  }

  @Test
  void takesTablesWithoutFiles() {
    spark.sql("CREATE TABLE nothing (id INT, x STRING, l ARRAY<INT>) USING parquet");

    assertTaken("SELECT count(*), max(x) FROM nothing");
    assertTaken(
        "SELECT f.id, n.x FROM facts f LEFT JOIN nothing n ON f.id = n.id ORDER BY 1 LIMIT 5");
  }

  @Test
  void takesFilesThatDifferInWhatMayBeNull() {
    spark.sql("CREATE TABLE mixed (id INT, l ARRAY<INT>, s STRUCT<a: INT>) USING parquet");
    spark.sql("INSERT INTO mixed VALUES (1, array(1), struct(1))");
    spark.sql("INSERT INTO mixed VALUES (NULL, array(NULL), NULL), (2, NULL, struct(NULL))");

    assertTaken("SELECT id, l, s, s.a FROM mixed ORDER BY id, s.a");
  }

  @Test
  void padsColumnsOfFixedLength() {
    spark.sql("CREATE TABLE padded (c CHAR(5), v VARCHAR(5)) USING parquet");
    spark.sql("INSERT INTO padded VALUES ('a', 'a'), ('äö', 'äö '), (NULL, NULL), ('12345', '')");

    assertTaken(
        "SELECT c, v, length(c), length(v), c = v, c = 'a', upper(c) FROM padded ORDER BY c");
  }

  @Test
  void runsFunctionsThatAreWrittenInSql() {
    spark.sql("CREATE FUNCTION twice(n BIGINT) RETURNS BIGINT RETURN n * 2");
    spark.sql("CREATE FUNCTION most() RETURNS BIGINT RETURN SELECT max(n) FROM facts");
    spark.sql(
        "CREATE FUNCTION near(k BIGINT) RETURNS TABLE (n BIGINT) RETURN SELECT n FROM facts WHERE id = k");

    assertTaken("SELECT twice(id), sum(twice(n)) FROM facts GROUP BY twice(id) ORDER BY 1");
    assertTaken("SELECT most() - twice(n) FROM facts ORDER BY n LIMIT 5");
    assertTaken("SELECT * FROM near(7) ORDER BY n");
  }

  @Test
  void formatsOfOldAreSparksOwn() {
    SparkSession old = spark.newSession();
    old.conf().set(Settings.TAKE, "all");
    old.conf().set("spark.sql.legacy.timeParserPolicy", "LEGACY");
    String query =
        "SELECT date_format(at, 'u EEEE yyyy'), to_date('1/2/20', 'd/M/yy') FROM orc_rows ORDER BY id";
    Dataset<Row> rows = old.sql(query);

    assertThat(plan(rows)).contains("Kindling [DuckDB]");
    assertThat(rows.collectAsList())
        .isEqualTo(TakeOver.suspended(() -> old.sql(query).collectAsList()));
  }
}
