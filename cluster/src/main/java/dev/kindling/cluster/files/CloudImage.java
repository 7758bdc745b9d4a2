package dev.kindling.cluster.files;

import java.util.List;

/**
 * What a cloud calls one of its Sparks, and what is in it.
 *
 * @param kind whose it is
 * @param name as the cloud's commands and pages name it
 * @param spark its version of Spark
 * @param scala the version of Scala that its Spark is made for
 * @param known where this is from, and of when
 */
record CloudImage(DeployKind kind, String name, String spark, String scala, String known) {
  /** How far Kindling goes with an image. */
  enum Support {
    /** Spark 4.0 with Scala 2.13: the same answers. */
    SUPPORTED,
    /** Spark 3.5 with Scala 2.13: Kindling's runner has been seen to run there. */
    RUNNER,
    NONE
  }

  /** What is known of the clouds; docs/reference/deploy-files.md shows the same. */
  static final List<CloudImage> ALL =
      List.of(
          new CloudImage(
              DeployKind.EMR,
              "emr-spark-8.0.0",
              "4.0.2-amzn-0",
              "2.13",
              "by the release notes of 2026-05-21"),
          new CloudImage(
              DeployKind.EMR,
              "emr-7.13.0",
              "3.5.6-amzn-2",
              "2.12",
              "by the release history, read in November 2026"),
          new CloudImage(
              DeployKind.DATAPROC,
              "runtime 3.0",
              "4.0.0",
              "2.13",
              "by the release notes of 2025-12-04"),
          new CloudImage(
              DeployKind.DATAPROC,
              "image 3.0.2",
              "4.1.2",
              "2.13",
              "by the release notes of 2026-09-04"),
          new CloudImage(
              DeployKind.DATAPROC,
              "image 2.3",
              "3.5",
              "2.12",
              "by the release notes of 2025-06-09"),
          new CloudImage(
              DeployKind.SYNAPSE,
              "runtime for Apache Spark 3.5",
              "3.5",
              "2.12",
              "by its page, read in November 2026"),
          new CloudImage(
              DeployKind.SYNAPSE,
              "Fabric runtime 2.0",
              "4.1",
              "2.13",
              "by the page of Synapse, read in November 2026"));

  /** Whether Kindling can be used with it. */
  Support support() {
    if (!scala.equals("2.13")) {
      return Support.NONE;
    }
    if (spark.startsWith("4.0.")) {
      return Support.SUPPORTED;
    }
    return spark.equals("3.5") || spark.startsWith("3.5.") ? Support.RUNNER : Support.NONE;
  }

  /** {@code emr-7.13.0 has Spark 3.5.6-amzn-2, Scala 2.12}. */
  String contents() {
    return "%s has Spark %s, Scala %s".formatted(name, spark, scala);
  }

  /** Those of a cloud. */
  static List<CloudImage> of(DeployKind kind) {
    return ALL.stream().filter(image -> image.kind == kind).toList();
  }
}
