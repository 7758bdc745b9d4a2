package dev.kindling.cluster.files;

/** Apache Spark's own container image. */
final class SparkImage {
  /** The version that Kindling's answers are those of. */
  static final String SPARK = "4.0.1";

  /** Java and Scala only; Python and R have images of their own. */
  static final String NAME = "apache/spark:4.0.1-scala2.13-java17-ubuntu";

  private SparkImage() {}
}
