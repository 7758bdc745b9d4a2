package dev.kindling.cluster.files;

import dev.kindling.cluster.sizing.Allocation;
import dev.kindling.cluster.sizing.Settings;
import dev.kindling.cluster.sizing.Sizing;
import dev.kindling.cluster.sizing.SizingRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Spark's own submission to Kubernetes, and the same for the Kubeflow operator. */
final class KubernetesFiles {
  /** What a SparkApplication says in fields of its own. */
  private static final Set<String> FIELDS =
      Set.of(
          "spark.executor.cores",
          "spark.executor.memory",
          "spark.executor.memoryOverhead",
          "spark.executor.instances",
          "spark.driver.cores",
          "spark.driver.memory",
          "spark.driver.memoryOverhead");

  private KubernetesFiles() {}

  static List<DeployFile> of(SizingRequest request, DeployOptions options) {
    Sizing sizing = Sizing.of(request);
    Map<String, String> settings = Settings.of(sizing);
    String namespace = options.namespace();
    return List.of(
        Template.file("rbac.yaml", Map.of("namespace", namespace)),
        Template.file("Dockerfile", Map.of("spark", SparkImage.SPARK, "image", SparkImage.NAME)),
        Template.file(
            "submit.sh",
            Map.of(
                "spark",
                SparkImage.SPARK,
                "title",
                Texts.title(sizing),
                "namespace",
                namespace,
                "conf",
                settings.entrySet().stream()
                    .map(s -> "  --conf %s=%s \\".formatted(s.getKey(), s.getValue()))
                    .collect(Collectors.joining("\n")))),
        Template.file("spark-application.yaml", application(sizing, settings, namespace)));
  }

  private static Map<String, String> application(
      Sizing sizing, Map<String, String> settings, String namespace) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("spark", SparkImage.SPARK);
    values.put("title", Texts.title(sizing));
    values.put("namespace", namespace);
    values.put(
        "conf",
        settings.entrySet().stream()
            .filter(s -> !FIELDS.contains(s.getKey()))
            .filter(s -> !s.getKey().startsWith("spark.dynamicAllocation."))
            .map(s -> "    %s: \"%s\"".formatted(s.getKey(), s.getValue()))
            .collect(Collectors.joining("\n")));
    values.put("allocation", allocation(sizing.allocation()));
    values.put("executors", "" + instances(sizing));
    values.put("driver_cores", settings.get("spark.driver.cores"));
    values.put("driver_memory", settings.get("spark.driver.memory"));
    values.put("driver_overhead", settings.get("spark.driver.memoryOverhead"));
    values.put("executor_cores", settings.get("spark.executor.cores"));
    values.put("executor_memory", settings.get("spark.executor.memory"));
    values.put("executor_overhead", settings.get("spark.executor.memoryOverhead"));
    return values;
  }

  private static int instances(Sizing sizing) {
    return sizing.allocation() instanceof Allocation.Dynamic dynamic
        ? dynamic.initial()
        : sizing.division().executors();
  }

  private static String allocation(Allocation allocation) {
    return allocation instanceof Allocation.Dynamic dynamic
        ? """
          dynamicAllocation:
            enabled: true
            shuffleTrackingEnabled: true
            minExecutors: %d
            initialExecutors: %d
            maxExecutors: %d"""
            .formatted(dynamic.least(), dynamic.initial(), dynamic.most())
            .indent(2)
            .stripTrailing()
        : "  dynamicAllocation:\n    enabled: false";
  }
}
