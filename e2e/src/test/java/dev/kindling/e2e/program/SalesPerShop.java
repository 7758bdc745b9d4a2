package dev.kindling.e2e.program;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A user's DataFrame program that knows nothing of Kindling. Its argument is a folder. */
public final class SalesPerShop {
  private SalesPerShop() {}

  public static void main(String[] args) {
    SparkSession spark = SparkSession.builder().getOrCreate();
    spark
        .range(1_000)
        .selectExpr("id % 4 AS shop", "CAST(id AS DECIMAL(10, 2)) AS price")
        .write()
        .parquet(args[0] + "/sales");
    Dataset<Row> perShop =
        spark
            .read()
            .parquet(args[0] + "/sales")
            .groupBy("shop")
            .agg(sum("price").as("total"))
            .orderBy(col("shop"));
    perShop.explain();
    perShop.collectAsList().forEach(row -> System.out.println("row " + row));
    spark.stop();
  }
}
