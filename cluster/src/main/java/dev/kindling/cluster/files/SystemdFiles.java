package dev.kindling.cluster.files;

import dev.kindling.cluster.sizing.Sizing;
import dev.kindling.cluster.sizing.SizingRequest;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.util.List;
import java.util.Map;

/**
 * A standalone cluster on machines that have names. Every host is a Worker; the first one also runs
 * the Master and the History Server, which take little.
 */
final class SystemdFiles {
  private SystemdFiles() {}

  static List<DeployFile> of(SizingRequest request, DeployOptions options) {
    if (options.hosts().isEmpty()) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Cannot make units without the machines: say --hosts a,b,c, the Master's first.");
    }
    Sizing sizing = Sizing.of(request.withNodes(options.hosts().size()));
    String master = options.hosts().get(0);
    String hosts = String.join(" ", options.hosts());
    return List.of(
        Template.file("spark-master.service", Map.of("spark", SparkImage.SPARK, "master", master)),
        Template.file(
            "spark-worker.service",
            Map.of(
                "spark",
                SparkImage.SPARK,
                "master",
                master,
                "hosts",
                hosts,
                "executors_per_node",
                "" + sizing.division().placesPerNode(),
                "executor_cores",
                "" + sizing.division().coresPerExecutor(),
                "heap",
                Texts.heap(sizing),
                "worker_cores",
                Texts.workerCores(sizing),
                "worker_memory",
                Texts.workerMemory(sizing))),
        Template.file("spark-history.service", Map.of("spark", SparkImage.SPARK, "master", master)),
        Template.file("spark.env", Map.of()),
        Template.file("daemons.conf", Map.of()),
        Template.file(
            "spark-defaults.conf", Map.of("master", master, "defaults", Texts.defaults(sizing, 0))),
        Template.file("firewall.sh", Map.of("master", master, "hosts", hosts)),
        Template.file(
            "install.sh", Map.of("spark", SparkImage.SPARK, "master", master, "hosts", hosts)));
  }
}
