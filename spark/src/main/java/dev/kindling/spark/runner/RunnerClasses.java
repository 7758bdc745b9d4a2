package dev.kindling.spark.runner;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;

/** The runner's own classes, which executors need for the tasks that the runner defines. */
final class RunnerClasses {
  private RunnerClasses() {}

  /** Has Spark send them to the executors. */
  static void ship(SparkConf conf) {
    Path place;
    try {
      place =
          Path.of(RunnerClasses.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    if (Files.isRegularFile(place)) {
      conf.set("spark.jars", place.toString());
    } else {
      // A folder of classes in a development tree, on the one machine that has it.
      conf.set("spark.executor.extraClassPath", place.toString());
    }
  }
}
