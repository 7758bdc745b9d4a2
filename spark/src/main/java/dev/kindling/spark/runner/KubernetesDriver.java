package dev.kindling.spark.runner;

import dev.kindling.spark.protocol.Failure;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.spark.SparkConf;

/** A driver that runs in a pod. */
final class KubernetesDriver extends RemoteDriver {
  private static final String POD_NAME = "spark.kubernetes.driver.pod.name";
  private static final Set<String> FINAL = Set.of("SUCCEEDED", "FAILED");
  private static final int LOG_LINES = 20;

  private final KubernetesAccess access;
  private final String pod;

  private KubernetesDriver(KubernetesAccess access, String pod) {
    this.access = access;
    this.pod = pod;
  }

  /**
   * Has Spark make the pod.
   *
   * @param arguments of spark-submit
   * @throws TargetProblem when the cluster takes none
   */
  static KubernetesDriver submit(KubernetesAccess access, SparkConf conf, List<String> arguments) {
    String pod = conf.get(POD_NAME, name(conf.get("spark.app.name", "driver")));
    SparkSubmission.run(
        arguments, POD_NAME, pod, "spark.kubernetes.submission.waitAppCompletion", "false");
    KubernetesDriver driver = new KubernetesDriver(access, pod);
    if (access.pod(pod).isEmpty()) {
      throw new TargetProblem(
          Failure.Kind.TARGET_REFUSED,
          "The driver's pod %s was made and is gone again.".formatted(pod),
          null);
    }
    return driver;
  }

  /** A name that Kubernetes takes: at most 63 small letters, digits and hyphens. */
  private static String name(String application) {
    String safe = application.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return "kindling-%s-%s"
        .formatted(
            Long.toString(ThreadLocalRandom.current().nextLong(1L << 40, 1L << 41), 36),
            safe.substring(0, Math.min(safe.length(), 40)).replaceAll("^-|-$", ""))
        .replaceAll("-$", "");
  }

  @Override
  String id() {
    return pod;
  }

  @Override
  State state() {
    Optional<Pod> found = access.pod(pod);
    if (found.isEmpty()) {
      return new State("KILLED", true, "(its pod was deleted)");
    }
    String name =
        Optional.ofNullable(found.get().getStatus().getPhase())
            .orElse("PENDING")
            .toUpperCase(Locale.ROOT);
    return new State(name, FINAL.contains(name), detail(found.get(), name));
  }

  private static String detail(Pod pod, String state) {
    return switch (state) {
      case "PENDING" -> "(" + KubernetesAccess.describe(pod) + ")";
      case "RUNNING" ->
          Optional.ofNullable(pod.getSpec().getNodeName()).map("on "::concat).orElse("");
      default -> "";
    };
  }

  @Override
  void kill() {
    access.delete(pod);
  }

  @Override
  void showLastWords() {
    System.err.println(
        access
            .log(pod, LOG_LINES)
            .map(text -> "The last lines of pod " + pod + ":\n" + text)
            .orElse("Its log: kubectl logs -n " + access.namespace() + " " + pod));
  }
}
