package dev.kindling.runtime;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Target;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkBuildInfo;

/** The image that an application's pods run. */
final class KubernetesImage {
  private static final String IMAGE = "spark.kubernetes.container.image";
  private static final String EXECUTOR_IMAGE = "spark.kubernetes.executor.container.image";
  // Spark's own images have their version as the first part of their tag.
  private static final Pattern OFFICIAL =
      Pattern.compile("(?:docker\\.io/)?(?:apache/|library/)?spark:(\\d+\\.\\d+\\.\\d+)\\b.*");
  private static final String VERSION = SparkBuildInfo.spark_version();

  private KubernetesImage() {}

  /**
   * Whether it is named and, as far as its name tells, has this Spark.
   *
   * @throws KindlingException TARGET_SETTINGS
   */
  static void check(Target target, Map<String, String> conf) {
    String image =
        Optional.ofNullable(conf.get(EXECUTOR_IMAGE))
            .or(() -> Optional.ofNullable(conf.get(IMAGE)))
            .orElseThrow(
                () ->
                    new KindlingException(
                        ErrorCode.TARGET_SETTINGS,
                        ("Target '%s' runs on Kubernetes and does not say which image its pods run."
                                + " Name one of Spark %s for Scala 2.13 and Java 17 with the setting %s; 'kindling cluster"
                                + " files kubernetes' makes its Dockerfile.")
                            .formatted(target.name(), VERSION, IMAGE)));
    Matcher official = OFFICIAL.matcher(image);
    if (official.matches() && !official.group(1).equals(VERSION)) {
      throw new KindlingException(
          ErrorCode.TARGET_SETTINGS,
          "Target '%s' names the image %s of Spark %s, and the driver is of Spark %s: both must be the same (%s)."
              .formatted(target.name(), image, official.group(1), VERSION, IMAGE));
    }
  }
}
