package dev.kindling.spark.runner;

import dev.kindling.spark.protocol.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.deploy.SparkSubmit;

/** Spark's own submission, in this process, with its errors as values. */
final class SparkSubmission {
  private SparkSubmission() {}

  /**
   * Hands an application over to a cluster.
   *
   * @param arguments of spark-submit
   * @param settings names and values in turn, over those of the arguments
   * @throws TargetProblem when Spark, or the cluster, does not take it
   */
  static void run(List<String> arguments, String... settings) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < settings.length; i += 2) {
      words.add("--conf");
      words.add(settings[i] + "=" + settings[i + 1]);
    }
    words.addAll(arguments);
    try {
      new SparkSubmit().doSubmit(words.toArray(new String[0]));
    } catch (Exception e) {
      // Scala's code throws checked exceptions without a word.
      throw new TargetProblem(
          Failure.Kind.TARGET_REFUSED,
          "The cluster does not take the driver: " + Objects.toString(e.getMessage(), "" + e),
          e);
    }
  }
}
