package dev.kindling.spark.extension;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.callUDF;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkArithmeticException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class KindlingExtensionTest {
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
    spark
        .range(200_000)
        .selectExpr(
            "id",
            "CAST(id % 100 AS INT) AS shop",
            "CAST(id % 977 AS DECIMAL(10, 2)) / 4 AS price",
            "concat('item ', id % 13) AS item",
            "timestamp_seconds(id * 1000) AS at",
            "IF(id % 50 = 0, NULL, array(id, id + 1)) AS numbers",
            "named_struct('a', id, 'b', CAST(id AS STRING)) AS pair")
        .repartition(3)
        .write()
        .parquet(folder.resolve("sales").toString());
    spark
        .range(100)
        .selectExpr("CAST(id AS INT) AS shop", "concat('shop ', id) AS name")
        .write()
        .parquet(folder.resolve("shops").toString());
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @BeforeEach
  void defaultSettings() {
    spark.conf().set(Settings.ENABLED, "true");
    spark.conf().set(Settings.TAKE, "heavy");
  }

  private static Dataset<Row> sales() {
    return spark.read().parquet(folder.resolve("sales").toString());
  }

  private static Dataset<Row> shops() {
    return spark.read().parquet(folder.resolve("shops").toString());
  }

  private static String plan(Dataset<Row> rows) {
    return rows.queryExecution().executedPlan().toString();
  }

  /** What Spark itself makes of it. */
  private static List<Row> onSpark(Dataset<Row> rows) {
    return TakeOver.suspended(
        () ->
            org.apache.spark.sql.classic.Dataset.ofRows(
                    (org.apache.spark.sql.classic.SparkSession) spark,
                    rows.queryExecution().logical())
                .collectAsList());
  }

  private static Dataset<Row> perShop() {
    return sales()
        .join(broadcast(shops()), "shop")
        .where(col("price").gt(lit(10)))
        .groupBy("name")
        .agg(sum("price").as("total"), avg("price").as("mean"), count(lit(1)).as("n"))
        .orderBy("name");
  }

  @Test
  void takesWholeDataFramePlan() {
    Dataset<Row> rows = perShop();

    assertThat(plan(rows)).contains("Kindling [DuckDB]").doesNotContain("FileScan");
    assertThat(rows.collectAsList()).hasSize(100).isEqualTo(onSpark(perShop()));
  }

  @Test
  void keepsEveryKindOfValue() {
    spark.conf().set(Settings.TAKE, "all");
    Dataset<Row> rows = sales().orderBy("id").limit(200);

    assertThat(plan(rows)).contains("Kindling [DuckDB]");
    assertThat(rows.collectAsList()).isEqualTo(onSpark(sales().orderBy("id").limit(200)));
  }

  @Test
  void handsOnRowsWithoutColumns() {
    Dataset<Row> rows = perShop().select();

    assertThat(plan(rows)).contains("Kindling [DuckDB]");
    assertThat(rows.queryExecution().toRdd().toDebugString()).contains("SpooledRdd");
    assertThat(rows.queryExecution().toRdd().count()).isEqualTo(100);
  }

  @Test
  void leavesJavaFunctionsToSparkAndTakesWhatIsBelow() {
    spark.udf().register("shout", (UDF1<String, String>) text -> text + "!", DataTypes.StringType);
    Dataset<Row> rows = perShop().select(callUDF("shout", col("name")), col("total"));

    assertThat(plan(rows)).contains("Kindling [DuckDB]").doesNotContain("FileScan");
    assertThat(rows.collectAsList())
        .isEqualTo(onSpark(perShop().select(callUDF("shout", col("name")), col("total"))));
  }

  @Test
  void handsLargePartsOnInTheirOrderAndInSeveralPartitions() {
    Dataset<Row> sorted = sales().distinct().orderBy("id");
    List<Long> ids = sorted.toJavaRDD().map(row -> row.getLong(0)).collect();

    assertThat(sorted.toJavaRDD().getNumPartitions()).isGreaterThan(1);
    assertThat(ids).hasSize(200_000).isSorted();
  }

  @Test
  void writesWhatWasTaken() {
    String out = folder.resolve("written").toString();
    perShop().write().partitionBy("n").parquet(out);

    assertThat(spark.read().parquet(out).count()).isEqualTo(100);
    assertThat(spark.read().parquet(out).select("name", "total", "mean").collectAsList())
        .containsExactlyInAnyOrderElementsOf(onSpark(perShop().select("name", "total", "mean")));
  }

  @Test
  void savesTablesAndReadsThem() {
    perShop().write().saveAsTable("per_shop");
    Dataset<Row> rows =
        spark.sql("SELECT count(*), max(total) FROM per_shop WHERE name > 'shop 5'");

    assertThat(plan(rows)).contains("Kindling [DuckDB]");
    assertThat(rows.collectAsList())
        .isEqualTo(
            onSpark(spark.sql("SELECT count(*), max(total) FROM per_shop WHERE name > 'shop 5'")));
  }

  @Test
  void leavesTheTableThatACommandChangesToSpark() {
    spark.conf().set(Settings.TAKE, "all");
    spark.range(10).write().saveAsTable("kept");

    assertThatThrownBy(() -> spark.sql("DELETE FROM kept WHERE id = 1"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("UNSUPPORTED_FEATURE.TABLE_OPERATION");
  }

  @Test
  void seesAppendedFiles() {
    spark.range(10).write().saveAsTable("growing");
    assertThat(spark.sql("SELECT sum(id) FROM growing").first().getLong(0)).isEqualTo(45);
    spark.range(10).write().mode("append").saveAsTable("growing");
    assertThat(spark.sql("SELECT sum(id) FROM growing").first().getLong(0)).isEqualTo(90);
  }

  @Test
  void readsWhatSomebodyCachedFromThere() {
    Dataset<Row> cached = sales().groupBy("shop").count().cache();
    try {
      assertThat(cached.count()).isEqualTo(100);
      Dataset<Row> rows = sales().groupBy("shop").count().orderBy("shop");
      assertThat(plan(rows)).contains("InMemoryTableScan");
      assertThat(rows.collectAsList()).hasSize(100);
    } finally {
      cached.unpersist(true);
    }
  }

  @Test
  void sparkHasTheLastWordOnErrors() {
    Dataset<Row> rows =
        sales().groupBy("shop").agg(sum(expr("CAST(id + 2147483600 AS INT)")).as("s"));

    assertThat(plan(rows)).contains("Kindling [DuckDB]");
    assertThatThrownBy(rows::collectAsList)
        .hasStackTraceContaining("CAST_OVERFLOW")
        .hasStackTraceContaining(SparkArithmeticException.class.getName());
  }

  @Test
  void explainsWhatStaysWithSpark() {
    Dataset<Row> random = sales().groupBy("shop").count().withColumn("r", rand());
    String text =
        random.queryExecution().explainString(org.apache.spark.sql.execution.ExtendedMode$.MODULE$);

    assertThat(text).contains("Kindling [DuckDB]").contains("Left to Spark").contains("rand");
  }

  @Test
  void keepsToTheSessionsSettings() {
    SparkSession other = spark.newSession();
    other.conf().set("spark.sql.session.timeZone", "Asia/Kathmandu");
    other.conf().set("spark.sql.ansi.enabled", "false");
    String query =
        "SELECT hour(at) AS h, count(*) AS n, max(id / 0) AS d FROM parquet.`%s` GROUP BY 1 ORDER BY 1"
            .formatted(folder.resolve("sales"));
    Dataset<Row> rows = other.sql(query);

    assertThat(plan(rows)).contains("Kindling [DuckDB]");
    List<Row> spark = TakeOver.suspended(() -> other.sql(query).collectAsList());
    assertThat(rows.collectAsList()).isEqualTo(spark);
  }

  @Test
  void canBeSwitchedOff() {
    spark.conf().set(Settings.ENABLED, "false");
    assertThat(plan(perShop())).doesNotContain("Kindling");
  }

  @Test
  void leavesMereScansToSpark() {
    assertThat(plan(sales().where("id > 5").select("id"))).doesNotContain("Kindling");
  }

  @Test
  void knowsOnlyTheSparkItWasBuiltFor() {
    assertThat(KindlingExtension.knows("4.0.1")).isTrue();
    assertThat(KindlingExtension.knows("4.1.0")).isFalse();
    assertThat(KindlingExtension.knows("3.5.6")).isFalse();
  }
}
