package dev.kindling.spark.runner;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;

/** The runner's own classes, which executors need for the tasks that the runner defines. */
final class RunnerClasses {
  private RunnerClasses() {}

  /** Has Spark send them to the executors, beside the jars that the settings name. */
  static void ship(SparkConf conf) {
    Path place;
    try {
      place =
          Path.of(RunnerClasses.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    if (Files.isRegularFile(place)) {
      add(conf, "spark.jars", place.toString(), ",");
    } else {
      // A folder of classes in a development tree, on the one machine that has it.
      add(conf, "spark.executor.extraClassPath", place.toString(), File.pathSeparator);
    }
  }

  private static void add(SparkConf conf, String list, String entry, String separator) {
    String given = conf.get(list, "");
    conf.set(list, given.isEmpty() ? entry : given + separator + entry);
  }
}
