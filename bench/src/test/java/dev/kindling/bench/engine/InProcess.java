package dev.kindling.bench.engine;

import java.nio.file.Path;
import java.util.Map;

/** Engines in the test's own JVM, which has no time to start others for a query each. */
public final class InProcess {
  private InProcess() {}

  public static BenchEngine kindling(Path scratch) {
    return new KindlingEngine(new EngineSettings(2, 1L << 30, scratch));
  }

  /** Spark set up for results of few rows. */
  public static BenchEngine spark(Path scratch) {
    return new SparkEngine(
        new EngineSettings(2, 1L << 30, scratch),
        Map.of(
            "spark.sql.shuffle.partitions", "1",
            "spark.sql.adaptive.enabled", "false",
            "spark.sql.codegen.wholeStage", "false",
            "spark.log.level", "OFF"));
  }
}
