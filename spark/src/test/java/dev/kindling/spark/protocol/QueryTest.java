package dev.kindling.spark.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.model.record.StageRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryTest {
  @TempDir Path folder;
  private SparkProcess spark;

  @BeforeEach
  void open() {
    spark = Children.fresh();
  }

  @Test
  void joinsParquetAndCsvViews() throws IOException {
    Path csv = Files.writeString(folder.resolve("orders.csv"), "id,day\n1,2026-01-02\n2,\n");
    Result view =
        spark
            .run(
                new View(
                    "orders",
                    new SourceSpec(
                        "csv",
                        List.of(csv.toString()),
                        Optional.of("id BIGINT, day DATE"),
                        Map.of("header", "true"))))
            .orThrow();
    assertThat(view.schemaJson()).contains("\"name\":\"day\",\"type\":\"date\"");
    Path parquet = folder.resolve("names");
    Result staged =
        spark
            .run(
                new Query(
                    "SELECT * FROM VALUES (1L, 'ä'), (2L, NULL) AS t(id, name)",
                    Output.Staged.parquet(parquet)))
            .orThrow();
    assertThat(staged.rows()).hasValue(2);
    spark.run(new View("names", SourceSpec.parquet(parquet.toString()))).orThrow();

    assertThat(inline("SELECT o.id, day, name FROM orders o JOIN names n USING (id) ORDER BY 1"))
        .isEqualTo("[[1,\"2026-01-02\",\"ä\"],[2,null,null]]");
  }

  @Test
  void stagesSortedRowsInFilesWhoseOrderIsTheirs() throws IOException {
    Map<String, String> conf =
        Map.of(
            "spark.sql.adaptive.coalescePartitions.enabled",
            "false",
            "spark.sql.shuffle.partitions",
            "4");
    conf.forEach((key, value) -> spark.run(new Statement("SET " + key + "=" + value)).orThrow());
    Path out = folder.resolve("sorted");
    Result result =
        spark
            .run(
                new Query(
                    "SELECT CAST(id AS STRING) AS line FROM range(1000) ORDER BY id DESC",
                    new Output.Staged(out, "text", Map.of(), List.of())))
            .orThrow();

    assertThat(result.files()).hasSizeGreaterThan(1);
    List<String> lines = new ArrayList<>();
    for (StagedFile file : result.files()) {
      assertThat(Files.size(out.resolve(file.path()))).isEqualTo(file.bytes());
      lines.addAll(Files.readAllLines(out.resolve(file.path())));
    }
    assertThat(lines).hasSize(1000).startsWith("999", "998").endsWith("1", "0");
    assertThat(result.rows()).hasValue(1000);
    assertThat(result.counters().tasks()).isGreaterThan(3);
    List<StageRecord> stages = result.counters().finished();
    assertThat(stages).hasSize(result.counters().stages());
    assertThat(stages.stream().mapToInt(StageRecord::tasks).sum())
        .isEqualTo(result.counters().tasks());
    assertThat(stages).allMatch(stage -> stage.slowestTaskMillis() >= stage.medianTaskMillis());
    long written = stages.stream().mapToLong(StageRecord::shuffleWriteBytes).sum();
    assertThat(written).isPositive();
    assertThat(stages.stream().mapToLong(StageRecord::shuffleReadBytes).sum()).isEqualTo(written);
  }

  @Test
  void stagesASmallSortedResultAsOneFileWithoutCompanions() throws IOException {
    Path out = Files.createDirectory(folder.resolve("small"));
    Result result =
        spark
            .run(
                new Query(
                    "SELECT id FROM range(100) ORDER BY id DESC",
                    Map.of(),
                    Output.Staged.parquet(out),
                    OptionalLong.of(10)))
            .orThrow();

    assertThat(result.files()).hasSize(1);
    assertThat(result.rows()).hasValue(10);
    try (var files = Files.list(out)) {
      assertThat(files).hasSize(1);
    }
    spark.run(new View("small", SourceSpec.parquet(out.toString()))).orThrow();
    assertThat(inline("SELECT min(id), max(id) FROM small")).isEqualTo("[[90,99]]");
  }

  @Test
  void writesPartitionFolders() {
    Path out = folder.resolve("parts");
    Result result =
        spark
            .run(
                new Query(
                    "SELECT * FROM VALUES (1, 'a'), (2, 'b/c'), (3, NULL) AS t(v, p)",
                    new Output.Staged(out, "parquet", Map.of(), List.of("p"))))
            .orThrow();

    assertThat(result.files())
        .extracting(file -> file.path().substring(0, file.path().indexOf('/')))
        .containsOnly("p=a", "p=b%2Fc", "p=__HIVE_DEFAULT_PARTITION__");
    assertThat(result.rows()).hasValue(3);
  }

  @Test
  void stagesTimestampsAsMicrosecondsButKeepsTheSettingUnseen() throws IOException {
    Path out = folder.resolve("times");
    Result result =
        spark
            .run(
                new Query("SELECT TIMESTAMP'2026-01-02 03:04:05' AS t", Output.Staged.parquet(out)))
            .orThrow();

    Path file = out.resolve(result.files().get(0).path());
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
      assertThat(reader.getFileMetaData().getSchema().toString())
          .contains("int64 t (TIMESTAMP(MICROS,true))");
    }
    assertThat(text(new Statement("SET spark.sql.parquet.outputTimestampType")))
        .isEqualTo("[[\"spark.sql.parquet.outputTimestampType\",\"INT96\"]]");
  }

  @Test
  void countsNoRowsOfAnEmptyResultAndKeepsItsSchema() {
    Path whole = folder.resolve("whole");
    Path parted = folder.resolve("parted");
    String nothing = "SELECT id, 'x' AS p FROM range(3) WHERE id > 7";
    Result one = spark.run(new Query(nothing, Output.Staged.parquet(whole))).orThrow();
    Result other =
        spark
            .run(new Query(nothing, new Output.Staged(parted, "parquet", Map.of(), List.of("p"))))
            .orThrow();

    assertThat(one.rows()).hasValue(0);
    assertThat(other.rows()).hasValue(0);
    assertThat(
            spark
                .run(new View("empty", SourceSpec.parquet(whole.toString())))
                .orThrow()
                .schemaJson())
        .contains("\"id\"", "\"p\"");
  }

  @Test
  void namesColumnsThatOnlySparkReadsBack() {
    Result result =
        spark
            .run(
                new Query(
                    "SELECT 1 AS a, INTERVAL '1' DAY AS d, array(INTERVAL '1' YEAR) AS y",
                    Output.Staged.parquet(folder.resolve("intervals"))))
            .orThrow();

    assertThat(result.sparkOnlyColumns())
        .containsExactly("d: interval day", "y: array<interval year>");
  }

  @Test
  void reportsATypeThatParquetCannotCarry() {
    Outcome outcome =
        spark.run(
            new Query(
                "SELECT make_interval(1) AS i", Output.Staged.parquet(folder.resolve("void"))));

    assertThat(outcome).isInstanceOf(Failure.class);
    assertThat(((Failure) outcome).errorClass()).hasValue("UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE");
  }

  @Test
  void takesTypedParameters() {
    Result result =
        spark
            .run(
                new Query(
                    "SELECT :since + INTERVAL 1 DAY, :name, :n + 1",
                    Map.of("since", "DATE'2026-01-31'", "name", "'O\\'Brien'", "n", "-5"),
                    new Output.Inline(1),
                    OptionalLong.empty()))
            .orThrow();

    assertThat(result.inline().toString()).isEqualTo("[[\"2026-02-01\", \"O'Brien\", -4]]");
  }

  @Test
  void fixesParametersOfAnSqlView() {
    spark
        .run(new SqlView("odd view.name", "SELECT :n AS n", Map.of("n", "DATE'2026-01-01'")))
        .orThrow();

    assertThat(inline("SELECT * FROM `odd view.name`")).isEqualTo("[[\"2026-01-01\"]]");
  }

  @Test
  void returnsTypedRowsInline() {
    Result result =
        spark
            .run(
                new Query(
                    """
                    SELECT true, 1Y, 2L, 1.50BD, 1e7D, double('NaN'), float(0.5),
                      TIMESTAMP'2026-01-02 03:04:05.6', TIMESTAMP_NTZ'2026-01-02 03:04:05',
                      X'00FF', array(1, NULL), map('k', DATE'2026-01-01'), struct(1 AS a, 'x' AS b),
                      INTERVAL '1-2' YEAR TO MONTH, NULL
                    """,
                    new Output.Inline(1)))
            .orThrow();

    assertThat(Wire.line(result.inline()))
        .isEqualTo(
            "[[true,1,2,\"1.50\",1.0E7,\"NaN\",0.5,\"2026-01-02T03:04:05.600Z\","
                + "\"2026-01-02T03:04:05\",\"AP8=\",[1,null],[[\"k\",\"2026-01-01\"]],[1,\"x\"],"
                + "\"1-2\",null]]");
  }

  @Test
  void saysWhenInlineRowsAreCutOff() {
    Result all = spark.run(new Query("SELECT * FROM range(3)", new Output.Inline(3))).orThrow();
    Result some = spark.run(new Query("SELECT * FROM range(3)", new Output.Inline(2))).orThrow();

    assertThat(all.truncated()).isFalse();
    assertThat(some.truncated()).isTrue();
    assertThat(some.inline()).hasSize(2);
  }

  private String inline(String sql) {
    return Wire.line(spark.run(new Query(sql, new Output.Inline(100))).orThrow().inline());
  }

  private String text(Statement statement) {
    return Wire.line(spark.run(statement).orThrow().inline());
  }
}
