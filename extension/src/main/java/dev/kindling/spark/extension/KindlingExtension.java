package dev.kindling.spark.extension;

import org.apache.spark.sql.SparkSessionExtensions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * The class to name in {@code spark.sql.extensions}. It steps aside, with one line in the log, in a
 * Spark whose inner classes it does not know.
 */
public final class KindlingExtension extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
  private static final Logger LOG = LoggerFactory.getLogger(KindlingExtension.class);

  /** Plans are made of Spark's inner classes, which may change between minor versions. */
  private static final String KNOWN = "4.0.";

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    String version = org.apache.spark.package$.MODULE$.SPARK_VERSION();
    if (knows(version)) {
      Installation.install(extensions);
    } else {
      LOG.warn("Kindling steps aside: it knows Spark {}x, and this is Spark {}.", KNOWN, version);
    }
    return BoxedUnit.UNIT;
  }

  static boolean knows(String version) {
    return version.startsWith(KNOWN);
  }
}
