package dev.kindling.spark.runner;

import dev.kindling.model.record.SettingRecord;
import dev.kindling.spark.protocol.Failure;
import dev.kindling.spark.protocol.TargetSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.yarn.api.records.NodeReport;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/**
 * A Hadoop cluster, whose resource manager gives an application containers.
 *
 * @param nodes the number of its machines
 * @param cores of all of them together
 * @param smallestNodeMb the memory for containers on the machine that has least
 * @param largestContainerMb the most that one container gets
 */
record Yarn(int nodes, int cores, long smallestNodeMb, long largestContainerMb)
    implements TargetCluster {
  /** Beside the heap, as Spark has it: a tenth, and at least this. */
  private static final long LEAST_OVERHEAD_MB = 384;

  private static final long SMALLEST_HEAP_MB = 512;
  private static final long LARGEST_HEAP_MB = 31 << 10;

  /** Asks the resource manager that the Hadoop configuration of the class path names. */
  static Yarn of(SparkConf application) {
    try (YarnAccess access = YarnAccess.open()) {
      List<NodeReport> nodes = access.nodes();
      if (nodes.isEmpty()) {
        throw new TargetProblem(
            Failure.Kind.TARGET_RESOURCES,
            "The resource manager has no machine that is running: nothing can run there. Start a"
                + " node manager, and run again.",
            null);
      }
      Resource largest = access.largestContainer();
      return new Yarn(
          nodes.size(),
          nodes.stream().mapToInt(node -> node.getCapability().getVirtualCores()).sum(),
          nodes.stream()
              .mapToLong(node -> node.getCapability().getMemorySize())
              .min()
              .orElseThrow(),
          largest.getMemorySize());
    }
  }

  @Override
  public List<SettingRecord> settings(Map<String, String> given) {
    // Room for the container that speaks for the application.
    long container = Math.min(smallestNodeMb - (1 << 10), largestContainerMb);
    long heap = Math.min(container - LEAST_OVERHEAD_MB, container * 10 / 11);
    List<SettingRecord> all = new ArrayList<>();
    if (!TargetSettings.allocatesDynamically(given)) {
      all.add(
          new SettingRecord(
              "spark.executor.instances", Integer.toString(nodes), "one executor a machine"));
    }
    all.add(
        new SettingRecord(
            "spark.executor.cores",
            Integer.toString(Math.max(1, cores / nodes)),
            "what a machine has"));
    all.add(
        new SettingRecord(
            "spark.executor.memory",
            Math.max(SMALLEST_HEAP_MB, Math.min(heap, LARGEST_HEAP_MB)) + "m",
            "what fits with its overhead into the smallest machine and the largest container; at"
                + " most 31 GB, above which Java's references are twice as long"));
    all.add(ShuffleSettings.partitions(cores, "cluster's %d cores"));
    all.add(
        new SettingRecord(
            "spark.ui.enabled", "true", "the resource manager's page links to the application"));
    all.add(new SettingRecord("spark.ui.port", "0", "a free port"));
    return all.stream().filter(setting -> !given.containsKey(setting.name())).toList();
  }

  @Override
  public int executors(SparkConf complete) {
    return complete.getInt("spark.executor.instances", 2);
  }

  @Override
  public int patienceSeconds() {
    return 60;
  }

  @Override
  public String whyNothingStarts(SparkContext context) {
    return ("application %s waits in queue '%s': others hold the cluster, or no machine has what an"
            + " executor asks for (spark.executor.memory=%s and its overhead,"
            + " spark.executor.cores=%s). The cluster has %d machine%s, %d cores, at least %d MB a"
            + " machine in all, and gives a container at most %d MB.")
        .formatted(
            context.applicationId(),
            context.conf().get("spark.yarn.queue", "default"),
            context.conf().get("spark.executor.memory"),
            context.conf().get("spark.executor.cores"),
            nodes,
            nodes == 1 ? "" : "s",
            cores,
            smallestNodeMb,
            largestContainerMb);
  }
}
