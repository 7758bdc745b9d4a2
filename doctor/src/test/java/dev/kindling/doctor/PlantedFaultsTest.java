package dev.kindling.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.doctor.finding.Finding;
import dev.kindling.doctor.finding.Severity;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real runs with one fault each: it is the first or the second finding, but for the partitions,
 * whose scan is over at once.
 */
@Tag("suite")
class PlantedFaultsTest {
  private static final Map<String, String> NO_ADAPTION =
      Map.of("spark.sql.adaptive.enabled", "false", "spark.sql.shuffle.partitions", "8");

  @TempDir Path folder;

  /** Runs something in an application of its own and examines its log. */
  private Diagnosis examine(Map<String, String> conf, Consumer<SparkSession> work) {
    Path events = folder.resolve("events");
    assertThat(events.toFile().mkdir()).isTrue();
    Map<String, String> all = new HashMap<>();
    all.put("spark.ui.enabled", "false");
    all.put("spark.driver.host", "127.0.0.1");
    all.put("spark.driver.bindAddress", "127.0.0.1");
    all.put("spark.sql.warehouse.dir", folder.resolve("warehouse").toString());
    all.put("spark.eventLog.enabled", "true");
    all.put("spark.eventLog.dir", events.toUri().toString());
    all.putAll(conf);
    SparkSession.Builder builder = SparkSession.builder().master("local[4]").appName("planted");
    all.forEach(builder::config);
    SparkSession spark = builder.getOrCreate();
    try {
      spark.sparkContext().setLogLevel("OFF");
      work.accept(spark);
    } finally {
      spark.stop();
      SparkSession.clearActiveSession();
      SparkSession.clearDefaultSession();
    }
    return Diagnosis.of(events);
  }

  private static void run(Dataset<Row> query) {
    query.write().format("noop").mode("overwrite").save();
  }

  private static Finding among(Diagnosis diagnosis, String id) {
    List<Finding> first = diagnosis.findings().stream().limit(2).toList();
    assertThat(first).as(diagnosis.findings().toString()).extracting(Finding::id).contains(id);
    return first.stream().filter(finding -> finding.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void aHotKeyOfAJoinIsNamed() {
    Map<String, String> conf = new HashMap<>(NO_ADAPTION);
    conf.put("spark.sql.autoBroadcastJoinThreshold", "-1");
    Diagnosis diagnosis =
        examine(
            conf,
            spark -> {
              spark
                  .sql(
                      "SELECT if(id % 10 < 9, 7, id % 1000) AS customer, id AS n"
                          + " FROM range(0, 3000000, 1, 4)")
                  .createOrReplaceTempView("orders");
              spark
                  .sql("SELECT id AS customer, id * 2 AS price FROM range(0, 200000, 1, 4)")
                  .createOrReplaceTempView("customers");
              run(
                  spark.sql(
                      "SELECT sha2(CAST(n * price AS STRING), 512) FROM orders"
                          + " JOIN customers USING (customer)"));
            });

    Finding finding = among(diagnosis, "task-skew");
    // 2.7 of 3 million orders, and the other side's rows.
    assertThat(finding.summary()).startsWith("One value of customer has 8");
    assertThat(finding.place().stage()).isPresent();
    assertThat(finding.place().query()).isPresent();
    assertThat(finding.fixes().get(0)).contains("skewJoin");
  }

  @Test
  void aSpillIsMeasured() {
    Map<String, String> conf = new HashMap<>(NO_ADAPTION);
    conf.put("spark.shuffle.spill.numElementsForceSpillThreshold", "20000");
    Diagnosis diagnosis =
        examine(
            conf,
            spark ->
                run(
                    spark.sql(
                        "SELECT id, repeat(CAST(id AS STRING), 10) AS text FROM range(600000)"
                            + " ORDER BY hash(id)")));

    assertThat(among(diagnosis, "spill").evidence().get(0)).contains("went to disk");
  }

  @Test
  void aFailedStageSaysWhatItsTaskSaid() {
    Diagnosis diagnosis =
        examine(
            NO_ADAPTION,
            spark ->
                assertThatThrownBy(
                        () -> run(spark.sql("SELECT 1 DIV (id - 5000) FROM range(10000)")))
                    .hasMessageContaining("DIVIDE_BY_ZERO"));

    Finding finding = among(diagnosis, "failed-stage");
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(String.join(" ", finding.evidence())).contains("DIVIDE_BY_ZERO");
  }

  @Test
  void tooManyPartsOfAShuffleAreCounted() {
    Diagnosis diagnosis =
        examine(
            Map.of("spark.sql.adaptive.enabled", "false", "spark.sql.shuffle.partitions", "600"),
            spark ->
                run(spark.sql("SELECT id % 100 AS k, count(*) FROM range(100000) GROUP BY 1")));

    Finding finding = among(diagnosis, "too-many-partitions");
    assertThat(finding.summary()).contains("600 parts");
    assertThat(finding.fixes().get(1)).endsWith("spark.sql.shuffle.partitions=4");
  }

  @Test
  void aSmallSideOfAJoinIsFound() {
    Map<String, String> conf = new HashMap<>(NO_ADAPTION);
    conf.put("spark.sql.autoBroadcastJoinThreshold", "-1");
    Diagnosis diagnosis =
        examine(
            conf,
            spark ->
                run(
                    spark.sql(
                        "SELECT * FROM (SELECT id % 5000 AS k, uuid() AS t FROM range(1000000)) a"
                            + " JOIN (SELECT id AS k, id AS v FROM range(5000)) b USING (k)")));

    assertThat(among(diagnosis, "missed-broadcast").fixes().get(0)).contains("right side");
  }

  @Test
  void aJoinWithoutAnEqualityIsFound() {
    Diagnosis diagnosis =
        examine(
            NO_ADAPTION,
            spark ->
                run(
                    spark.sql(
                        "SELECT a.id, b.id FROM range(6000) a JOIN range(6000) b"
                            + " ON a.id * 7 % 6001 < b.id")));

    among(diagnosis, "cartesian-product");
  }

  @Test
  void manySmallFilesAreFound() {
    Path files = folder.resolve("files");
    Diagnosis diagnosis =
        examine(
            NO_ADAPTION,
            spark -> {
              spark.range(0, 2000, 1, 250).write().parquet(files.toString());
              run(spark.read().parquet(files.toString()));
            });

    assertThat(among(diagnosis, "small-files").summary()).contains("250 files");
  }

  @Test
  void partitionsThatAFilterDoesNotNameAreFound() {
    Path table = folder.resolve("table");
    Diagnosis diagnosis =
        examine(
            NO_ADAPTION,
            spark -> {
              spark
                  .range(0, 20000, 1, 1)
                  .withColumn("day", functions.expr("id % 20"))
                  .write()
                  .partitionBy("day")
                  .parquet(table.toString());
              run(spark.read().parquet(table.toString()).where("id > 5"));
            });

    Finding finding =
        diagnosis.findings().stream()
            .filter(one -> one.id().equals("unpruned-partitions"))
            .findFirst()
            .orElseThrow();
    assertThat(finding.summary()).contains("20 partitions");
  }

  @Test
  void aStageOfOneTaskLeavesCoresIdle() {
    Diagnosis diagnosis =
        examine(
            NO_ADAPTION,
            spark ->
                run(
                    spark.sql(
                        "SELECT max(sha2(repeat(CAST(id AS STRING), 50), 512)) FROM range(0, 4000000, 1, 1)")));

    Finding finding = among(diagnosis, "idle-cores");
    assertThat(finding.summary()).isEqualTo("The stage has 1 task for 4 cores.");
    assertThat(finding.severity()).isNotEqualTo(Severity.INFO);
  }

  @Test
  void aHealthyRunHasNothingAboveInfo() {
    Diagnosis diagnosis =
        examine(
            Map.of("spark.sql.shuffle.partitions", "4"),
            spark ->
                run(
                    spark.sql(
                        "SELECT k, max(h) FROM (SELECT id % 1000 AS k, sha2(CAST(id AS STRING), 512) AS h"
                            + " FROM range(0, 4000000, 1, 8)) GROUP BY k")));

    assertThat(diagnosis.findings())
        .filteredOn(finding -> finding.severity() != Severity.INFO)
        .isEmpty();
    assertThat(diagnosis.facts().notes()).isEmpty();
  }
}
