package dev.kindling.spark.runner;

import java.util.Map;
import org.apache.spark.SparkConf;

/**
 * The settings whose defaults decide about rows, types or errors and are others in Spark 3.5, as
 * they are in 4.0. Left out are those that only decide how fast a query is.
 */
final class Spark4Defaults {
  private static final String ANSI = "spark.sql.ansi.enabled";
  private static final String CORRECTED = "CORRECTED";

  private Spark4Defaults() {}

  /** What 3.5 is to be started with, under what the application sets itself. */
  static Map<String, String> of(SparkConf application) {
    boolean ansi = application.getBoolean(ANSI, true);
    return Map.ofEntries(
        Map.entry(ANSI, Boolean.toString(ansi)),
        Map.entry("spark.sql.legacy.nullInEmptyListBehavior", Boolean.toString(!ansi)),
        Map.entry("spark.sql.legacy.ctePrecedencePolicy", CORRECTED),
        Map.entry("spark.sql.legacy.timeParserPolicy", CORRECTED),
        Map.entry("spark.sql.legacy.createHiveTableByDefault", "false"),
        Map.entry("spark.sql.parquet.datetimeRebaseModeInRead", CORRECTED),
        Map.entry("spark.sql.parquet.datetimeRebaseModeInWrite", CORRECTED),
        Map.entry("spark.sql.parquet.int96RebaseModeInRead", CORRECTED),
        Map.entry("spark.sql.parquet.int96RebaseModeInWrite", CORRECTED),
        Map.entry("spark.sql.avro.datetimeRebaseModeInRead", CORRECTED),
        Map.entry("spark.sql.avro.datetimeRebaseModeInWrite", CORRECTED),
        Map.entry("spark.sql.orc.compression.codec", "zstd"));
  }
}
