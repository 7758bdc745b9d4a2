package dev.kindling.cluster.files;

import dev.kindling.cluster.sizing.Sizing;
import dev.kindling.cluster.sizing.SizingRequest;
import dev.kindling.model.ByteSize;
import java.util.List;
import java.util.Map;

/** A standalone cluster in containers. A node of the sizing is a Worker's container. */
final class ComposeFiles {
  private static final int SETTING_INDENT = 6;

  private ComposeFiles() {}

  static List<DeployFile> of(SizingRequest request) {
    Sizing sizing = Sizing.of(request);
    return List.of(
        Template.file(
            "compose.yaml",
            Map.ofEntries(
                Map.entry("spark", SparkImage.SPARK),
                Map.entry("image", SparkImage.NAME),
                Map.entry("title", Texts.title(sizing)),
                Map.entry("nodes", "" + request.shape().nodes()),
                Map.entry("cores", "" + request.shape().coresPerNode()),
                Map.entry("memory_mb", "" + request.shape().memoryPerNode() / ByteSize.MIB),
                Map.entry("worker_cores", Texts.workerCores(sizing)),
                Map.entry("worker_memory", Texts.workerMemory(sizing)),
                Map.entry("executors_per_node", "" + sizing.division().placesPerNode()),
                Map.entry("heap", Texts.heap(sizing)),
                Map.entry("defaults", Texts.defaults(sizing, SETTING_INDENT)))));
  }
}
