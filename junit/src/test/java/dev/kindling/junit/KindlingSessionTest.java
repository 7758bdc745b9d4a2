package dev.kindling.junit;

import static dev.kindling.junit.DatasetAssertions.assertThat;
import static dev.kindling.junit.Fixtures.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SparkTest(kindling = true)
@Tag("suite")
class KindlingSessionTest {
  @Test
  void embeddedEngineRunsWhatItCan(SparkSession spark, @TempDir Path folder) {
    String path = folder.resolve("orders").toString();
    Fixtures.of(spark)
        .table("id BIGINT, amount DECIMAL(9,2)", row(1, 2.5), row(2, 3), row(4, 4))
        .write()
        .parquet(path);
    Dataset<Row> sums =
        spark.sql("SELECT id % 2 AS odd, sum(amount) AS s FROM parquet.`" + path + "` GROUP BY 1");

    assertThat(sums).hasRows(row(1, 2.5), row(0, 7));
    assertThat(sums.queryExecution().toString()).contains("Kindling [DuckDB]");
  }

  @Test
  void viewsAreThoseOfTheClass(SparkSession spark) {
    spark.range(3).createOrReplaceTempView("of_this_class");

    assertThat(spark.newSession().catalog().tableExists("of_this_class")).isFalse();
    assertThat(spark.table("of_this_class").toDF()).hasRows(row(0), row(1), row(2));
  }
}
