package dev.kindling.spark.runner;

import dev.kindling.model.record.SettingRecord;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/**
 * A Kubernetes cluster, whose pods are an application's executors.
 *
 * @param application its settings as the user gave them
 * @param cores of all executors that it asks for
 */
record Kubernetes(SparkConf application, int cores) implements TargetCluster {
  /**
   * Asks whether it lets the application make its pods. How much room it has, it does not tell who
   * may only use a namespace.
   */
  static Kubernetes of(SparkConf application) {
    try (KubernetesAccess access = KubernetesAccess.ofDriver(application)) {
      access.check();
    }
    return new Kubernetes(
        application,
        application.getInt("spark.executor.instances", 2)
            * application.getInt("spark.executor.cores", 1));
  }

  @Override
  public List<SettingRecord> settings(Map<String, String> given) {
    return Stream.of(
            ShuffleSettings.partitions(cores, "%d cores asked for"),
            new SettingRecord("spark.ui.enabled", "true", "the application's page"),
            new SettingRecord("spark.ui.port", "0", "a free port"))
        .filter(setting -> !given.containsKey(setting.name()))
        .toList();
  }

  @Override
  public int executors(SparkConf complete) {
    return complete.getInt("spark.executor.instances", 2);
  }

  /** An image that a node does not have yet takes a while. */
  @Override
  public int patienceSeconds() {
    return 90;
  }

  @Override
  public boolean isHopeless(SparkContext context) {
    try (KubernetesAccess access = KubernetesAccess.ofDriver(application)) {
      return access.executors(context.applicationId()).stream()
          .anyMatch(KubernetesAccess::hasNoImage);
    }
  }

  @Override
  public String whyNothingStarts(SparkContext context) {
    try (KubernetesAccess access = KubernetesAccess.ofDriver(application)) {
      List<Pod> pods = access.executors(context.applicationId());
      if (pods.isEmpty()) {
        return "the cluster made no pod in namespace '%s'; a quota may forbid it."
            .formatted(access.namespace());
      }
      return pods.stream()
          .map(
              pod ->
                  "%n  pod %s: %s"
                      .formatted(pod.getMetadata().getName(), KubernetesAccess.describe(pod)))
          .collect(
              Collectors.joining(
                  "",
                  "",
                  "%nA pod that runs and does not register cannot reach this machine at %s: set spark.driver.host to a name that pods reach."
                      .formatted(context.conf().get("spark.driver.host"))));
    }
  }
}
