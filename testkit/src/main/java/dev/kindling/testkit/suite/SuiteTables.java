package dev.kindling.testkit.suite;

import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The tables that Spark's SQL tests expect, saved as Parquet. */
final class SuiteTables {
  private static final String ONEK =
      "unique1 INT, unique2 INT, two INT, four INT, ten INT, twenty INT, hundred INT, thousand INT,"
          + " twothousand INT, fivethous INT, tenthous INT, odd INT, even INT, stringu1 STRING,"
          + " stringu2 STRING, string4 STRING";

  private SuiteTables() {}

  static void create(SparkSession spark, Path scratch) {
    save(
        spark.sql("SELECT CAST(id AS INT) AS key, CAST(id AS STRING) AS value FROM range(1, 101)"),
        "testdata");
    save(
        spark.sql(
            "SELECT * FROM VALUES (array(1, 2, 3), array(array(1, 2, 3))),"
                + " (array(2, 3, 4), array(array(2, 3, 4))) AS t(arraycol, nestedarraycol)"),
        "arraydata");
    save(
        spark.sql(
            "SELECT * FROM VALUES"
                + " (map(1, 'a1', 2, 'b1', 3, 'c1', 4, 'd1', 5, 'e1')),"
                + " (map(1, 'a2', 2, 'b2', 3, 'c2', 4, 'd2')),"
                + " (map(1, 'a3', 2, 'b3', 3, 'c3')), (map(1, 'a4', 2, 'b4')), (map(1, 'a5'))"
                + " AS t(mapcol)"),
        "mapdata");
    load(spark, scratch, "agg.data", "a INT, b FLOAT", "aggtest");
    load(spark, scratch, "onek.data", ONEK, "onek");
    load(spark, scratch, "tenk.data", ONEK, "tenk1");
  }

  private static void load(
      SparkSession spark, Path scratch, String file, String schema, String table) {
    save(
        spark
            .read()
            .options(Map.of("delimiter", "\t", "header", "false"))
            .schema(schema)
            .csv(SuiteFiles.data(file, scratch).toString()),
        table);
  }

  private static void save(Dataset<Row> rows, String table) {
    rows.coalesce(1).write().format("parquet").mode("overwrite").saveAsTable(table);
  }
}
