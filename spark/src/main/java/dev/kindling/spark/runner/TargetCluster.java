package dev.kindling.spark.runner;

import dev.kindling.model.record.SettingRecord;
import dev.kindling.spark.protocol.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/** What runs an application's executors, as it tells itself before the application starts. */
interface TargetCluster {
  /**
   * Asks the cluster that an application's settings name; empty when the application runs in this
   * process alone.
   *
   * @throws TargetProblem when it does not answer, or takes no application
   */
  static Optional<TargetCluster> of(SparkConf application) {
    if (MasterConnection.isFor(application)) {
      return Optional.of(Standalone.of(application));
    } else if (isKubernetes(application)) {
      return Optional.of(Kubernetes.of(application));
    } else if (isYarn(application)) {
      return Optional.of(Yarn.of(application));
    }
    return Optional.empty();
  }

  /**
   * Whether an application's settings name a Kubernetes cluster. Only where they do, the class path
   * has what {@link Kubernetes} needs.
   */
  static boolean isKubernetes(SparkConf application) {
    return application.get("spark.master").startsWith("k8s://");
  }

  /** Whether an application's settings name a Hadoop cluster. */
  static boolean isYarn(SparkConf application) {
    return application.get("spark.master").equals("yarn");
  }

  /** Settings that fit the cluster, none of which is among those given. */
  List<SettingRecord> settings(Map<String, String> given);

  /** How many executors an application with these settings gets when it starts. */
  int executors(SparkConf complete);

  /** How long the first executor may take. */
  int patienceSeconds();

  /** Whether it tells already that no executor of the application will ever start. */
  default boolean isHopeless(SparkContext context) {
    return false;
  }

  /** What keeps an application's executors from starting, as far as the cluster tells. */
  String whyNothingStarts(SparkContext context);

  /** The error for an application that got no executor in time. */
  default TargetProblem nothingStarted(SparkContext context, long seconds) {
    return new TargetProblem(
        Failure.Kind.TARGET_RESOURCES,
        "No executor started within %d seconds: %s".formatted(seconds, whyNothingStarts(context)),
        null);
  }
}
