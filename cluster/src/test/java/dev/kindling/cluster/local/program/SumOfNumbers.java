package dev.kindling.cluster.local.program;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * An application that shuffles. Writes its result, and the number of executors that it had, to the
 * file that its argument names.
 */
public final class SumOfNumbers {
  private SumOfNumbers() {}

  /** The driver. */
  public static void main(String[] args) throws Exception {
    try (SparkSession spark = SparkSession.builder().appName("sum of numbers").getOrCreate()) {
      Row row =
          spark
              .sql("SELECT count(*), sum(id), count(DISTINCT id % 97) FROM range(0, 1000000, 1, 6)")
              .first();
      // The driver is in that list too.
      int executors = spark.sparkContext().statusTracker().getExecutorInfos().length - 1;
      Files.writeString(Path.of(args[0]), row + " " + executors);
    }
  }
}
