package dev.kindling.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** One Spark for the whole test JVM: starting it is what costs. */
public final class LocalSpark {
  private static SparkSession session;

  private LocalSpark() {}

  private static Path warehouse() {
    try {
      return Files.createTempDirectory("kindling-warehouse-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The shared session; callers that change settings or views take {@code newSession()} of it. */
  public static synchronized SparkSession session() {
    if (session == null) {
      session =
          SparkSession.builder()
              .master("local[2]")
              .appName("kindling tests")
              .config("spark.ui.enabled", "false")
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.driver.bindAddress", "127.0.0.1")
              .config("spark.sql.shuffle.partitions", "2")
              .config("spark.sql.datetime.java8API.enabled", "true")
              .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
              .config("spark.sql.codegen.wholeStage", "false")
              .config("spark.sql.adaptive.enabled", "false")
              .config("spark.sql.warehouse.dir", warehouse().toString())
              .getOrCreate();
      session.sparkContext().setLogLevel("ERROR");
    }
    return session;
  }
}
