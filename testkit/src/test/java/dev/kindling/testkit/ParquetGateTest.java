package dev.kindling.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.embedded.EmbeddedOptions;
import dev.kindling.embedded.EmbeddedSession;
import dev.kindling.embedded.Registration;
import dev.kindling.embedded.Source;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of all kinds: read as Spark reads them, or left to Spark, or an error with a remedy. */
@Tag("slow")
class ParquetGateTest {
  @TempDir Path folder;

  private Comparison compare(Path path, String sql) {
    try (TwoEngines engines = TwoEngines.open(folder, Map.of())) {
      engines.parquet("t", path);
      return engines.compare(sql);
    }
  }

  private Registration register(Path path) {
    try (EmbeddedSession session =
        EmbeddedSession.open(
            new EmbeddedOptions(OptionalLong.empty(), folder.resolve("spill"), 1, Map.of()))) {
      return session.register("t", new Source.Parquet(path));
    }
  }

  private static void duckDb(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static SparkSession spark() {
    return LocalSpark.session().newSession();
  }

  private void assertEqual(Comparison comparison) {
    assertThat(comparison).isInstanceOf(Comparison.Equal.class);
  }

  @Test
  void readsPartitionFoldersWithSparksTypes() {
    Path path = folder.resolve("p");
    spark()
        .sql(
            "SELECT id, id % 3 AS k, date_add(DATE'2024-01-01', CAST(id % 2 AS INT)) AS day,"
                + " concat('v', id % 2) AS s FROM range(20)")
        .write()
        .partitionBy("k", "day", "s")
        .parquet(path.toString());

    assertEqual(compare(path, "SELECT * FROM t WHERE k > 0 AND day = DATE'2024-01-02'"));
    assertEqual(compare(path, "SELECT k, day, s, count(*), sum(id) FROM t GROUP BY k, day, s"));
  }

  @Test
  void readsAPathThatAQueryNames() {
    Path path = folder.resolve("named");
    spark().sql("SELECT id FROM range(7)").write().parquet(path.toString());

    assertEqual(
        compare(
            path,
            "WITH x AS (SELECT * FROM parquet.`%s`) SELECT x.id FROM x JOIN t USING (id)"
                .formatted(path)));
  }

  @Test
  void readsNullPartitions() {
    Path path = folder.resolve("p");
    spark()
        .sql("SELECT id, nullif(id % 3, 0) AS k FROM range(9)")
        .write()
        .partitionBy("k")
        .parquet(path.toString());

    assertEqual(compare(path, "SELECT * FROM t"));
  }

  @Test
  void leavesPartitionNamesWithEscapesToSpark() {
    Path path = folder.resolve("p");
    spark()
        .sql("SELECT id, concat('a/b%é', id) AS k FROM range(3)")
        .write()
        .partitionBy("k")
        .parquet(path.toString());

    assertThat(register(path)).isInstanceOf(Registration.Refused.class);
  }

  @Test
  void readsInt96TimestampsAsInstants() {
    SparkSession spark = spark();
    spark.conf().set("spark.sql.parquet.outputTimestampType", "INT96");
    Path path = folder.resolve("int96");
    spark
        .sql(
            "SELECT id, TIMESTAMP'2024-03-10 01:30:00' + make_dt_interval(0, id) AS ts FROM range(5)")
        .write()
        .parquet(path.toString());

    assertEqual(compare(path, "SELECT id, ts, hour(ts) FROM t WHERE ts > TIMESTAMP'2024-03-10'"));
  }

  @Test
  void readsUnsignedNumbersAsTheNextWiderType() throws SQLException {
    Path path = folder.resolve("u.parquet");
    duckDb(
        "COPY (SELECT 200::UTINYINT a, 60000::USMALLINT b, 4000000000::UINTEGER c,"
            + " 18446744073709551615::UBIGINT d) TO '"
            + path
            + "' (FORMAT parquet)");

    assertEqual(compare(path, "SELECT a, b, c, d, a + b FROM t"));
  }

  @Test
  void readsNestedColumnsOfOtherWriters() throws SQLException {
    Path path = folder.resolve("n.parquet");
    duckDb(
        "COPY (SELECT [1, NULL, 3] a, {'x': 1, 'y': 'z'} s, MAP {'k': 1.5::DECIMAL(4,2)} m,"
            + " '\\xAA'::BLOB b, TIMESTAMP '2024-01-01 10:00:00.123' n, 1.5::FLOAT f) TO '"
            + path
            + "' (FORMAT parquet)");

    assertEqual(compare(path, "SELECT * FROM t"));
  }

  @Test
  void leavesTypesThatSparkReadsInItsOwnWayToSpark() throws SQLException {
    Path path = folder.resolve("x.parquet");
    duckDb("COPY (SELECT TIME '10:00:00' t, uuid() u) TO '" + path + "' (FORMAT parquet)");

    assertThat(register(path)).isInstanceOf(Registration.Refused.class);
  }

  @Test
  void leavesFilesOfDifferentSchemasToSpark() {
    Path path = folder.resolve("drift");
    spark().sql("SELECT 1 AS a").write().parquet(path.resolve("one").toString());
    spark().sql("SELECT 1L AS a").write().parquet(path.resolve("two").toString());
    Path flat = flatten(path);

    assertThat(register(flat)).isInstanceOf(Registration.Refused.class);
  }

  private Path flatten(Path path) {
    Path flat = folder.resolve("flat");
    try (var files = Files.walk(path)) {
      Files.createDirectories(flat);
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.toString().endsWith(".parquet")) {
          Files.copy(file, flat.resolve(file.getFileName().toString()));
        }
      }
      return flat;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void leavesTheCalendarOfSpark2ToSpark() {
    SparkSession spark = spark();
    spark.conf().set("spark.sql.parquet.datetimeRebaseModeInWrite", "LEGACY");
    Path path = folder.resolve("legacy");
    spark.sql("SELECT DATE'1200-01-01' AS d").write().parquet(path.toString());

    assertThat(register(path)).isInstanceOf(Registration.Refused.class);
  }

  @Test
  void readsWhatItWrote() {
    Path path = folder.resolve("written");
    try (TwoEngines engines = TwoEngines.open(folder, Map.of())) {
      var query =
          engines
              .embedded()
              .prepare(
                  "SELECT id, CAST(id % 4 AS INT) AS k, concat('é ', id % 2) AS s,"
                      + " CAST(id AS DECIMAL(20,3)) AS d, array(id) AS a FROM range(50)",
                  Map.of());
      var written =
          engines.embedded().writeParquet(query, path, java.util.List.of("k", "s"), Map.of());
      assertThat(written.rows()).isEqualTo(50);
      assertThat(written.files()).isEqualTo(4);
      assertThat(engines.spark().read().parquet(path.toString()).schema().simpleString())
          .isEqualTo("struct<id:bigint,d:decimal(20,3),a:array<bigint>,k:int,s:string>");
      assertThat(
              engines.spark().read().parquet(path.toString()).where("s = 'é 1' and k = 3").count())
          .isEqualTo(12);
    }
  }

  @Test
  void writesAnEmptyResultWithItsSchema() {
    Path path = folder.resolve("empty");
    try (TwoEngines engines = TwoEngines.open(folder, Map.of())) {
      var query =
          engines.embedded().prepare("SELECT id, 'x' AS k FROM range(3) WHERE id > 5", Map.of());
      engines.embedded().writeParquet(query, path, java.util.List.of(), Map.of());
    }
    assertThat(spark().read().parquet(path.toString()).schema().simpleString())
        .isEqualTo("struct<id:bigint,k:string>");
  }

  @Test
  void namesACutFile() throws IOException {
    Path path = folder.resolve("whole");
    spark().sql("SELECT * FROM range(1000)").coalesce(1).write().parquet(path.toString());
    Path flat = flatten(path);
    Path file;
    try (var files = Files.list(flat)) {
      file = files.findFirst().orElseThrow();
    }
    try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
      cut.setLength(cut.length() / 2);
    }

    assertThatThrownBy(() -> register(flat))
        .isInstanceOfSatisfying(
            KindlingException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_CORRUPT))
        .hasMessageContaining("Cannot read table 't'")
        .hasMessageContaining(file.getFileName().toString())
        .hasMessageContaining("Write it again, or remove it");
  }

  @Test
  void namesAMissingPathAndAnEmptyFolder() throws IOException {
    assertThatThrownBy(() -> register(folder.resolve("no/such")))
        .hasMessageContaining("there is no file or folder")
        .hasMessageContaining("the nearest folder that exists is " + folder);
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThatThrownBy(() -> register(empty)).hasMessageContaining("has no data files");
  }
}
