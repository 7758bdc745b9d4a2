package dev.kindling.junit;

import static dev.kindling.junit.DatasetAssertions.assertThat;
import static dev.kindling.junit.Fixtures.row;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@SparkTest(kindling = true)
@Tag("suite")
class RevenueTest {
  /** The code under test: in a program of yours it is a class of its own. */
  static Dataset<Row> revenue(Dataset<Row> orders) {
    return orders
        .where("amount > 0")
        .groupBy("category")
        .agg(sum("amount").as("revenue"), count("*").as("orders"));
  }

  @Test
  void refundsDoNotCount(SparkSession spark) {
    Dataset<Row> orders =
        Fixtures.of(spark)
            .table(
                "id BIGINT, amount DECIMAL(12,2), day DATE, category STRING",
                row(1, -5, "2026-01-02", "a"),
                row(2, 7.50, "2026-01-02", "b"),
                row(3, 2.50, "2026-01-03", "b"));

    assertThat(revenue(orders)).onColumns("category", "revenue").hasRows(row("b", 10));
  }
}
