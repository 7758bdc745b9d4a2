package dev.kindling.e2e.program;

import org.apache.spark.sql.SparkSession;

/** A user's application: prints the sum of numbers up to an argument; fails when there is none. */
public final class Count {
  private Count() {}

  /** Runs it. */
  public static void main(String[] args) {
    if (args.length == 0) {
      throw new IllegalArgumentException("nothing to count to");
    }
    SparkSession spark = SparkSession.builder().appName("count").getOrCreate();
    long sum =
        spark.range(0, Long.parseLong(args[0]), 1, 3).selectExpr("sum(id)").first().getLong(0);
    System.out.println("sum " + sum + " on " + spark.sparkContext().master());
    spark.stop();
    // YARN takes a driver that exits by itself for one that failed, whatever its exit code.
    if (args.length > 1) {
      System.exit(Integer.parseInt(args[1]));
    }
  }
}
