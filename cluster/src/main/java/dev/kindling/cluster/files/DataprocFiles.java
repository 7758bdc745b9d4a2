package dev.kindling.cluster.files;

import dev.kindling.cluster.sizing.ExecutorMemory;
import dev.kindling.cluster.sizing.Sizing;
import dev.kindling.cluster.sizing.SizingRequest;
import dev.kindling.model.ByteSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Batches of Google Cloud's Serverless for Apache Spark: of what Dataproc has, the one with Spark
 * 4.0. It accepts certain sizes only, to which those of the sizing are brought.
 */
final class DataprocFiles {
  private static final int CORES = 4;
  private static final long LEAST_PER_CORE = 1024 * ByteSize.MIB;
  private static final long MOST_PER_CORE = 7424 * ByteSize.MIB;
  private static final long LEAST_EXECUTORS = 2;
  private static final long MOST_EXECUTORS = 2000;

  private DataprocFiles() {}

  static List<DeployFile> of(CloudImage image, SizingRequest request) {
    Sizing sizing = Sizing.of(request);
    String others =
        CloudImage.of(image.kind()).stream()
            .filter(other -> !other.equals(image))
            .map(CloudImage::contents)
            .collect(Collectors.joining("; "));
    return List.of(
        Template.file(
            "submit-batch.sh",
            Map.of(
                "image", image.name(),
                "image_spark", image.spark(),
                "known", image.known(),
                "others", others,
                "title", Texts.title(sizing),
                "version", image.name().substring(image.name().lastIndexOf(' ') + 1),
                "properties",
                    properties(sizing).entrySet().stream()
                        .map(property -> property.getKey() + "=" + property.getValue())
                        .collect(Collectors.joining(";")))));
  }

  private static Map<String, String> properties(Sizing sizing) {
    double overhead = sizing.request().overhead();
    long perCore = sizing.memory().total() / sizing.division().coresPerExecutor();
    ExecutorMemory executor = memory(perCore * CORES, overhead);
    ExecutorMemory driver = memory(sizing.driver().heap() + sizing.driver().overhead(), overhead);
    long executors =
        Math.min(
            MOST_EXECUTORS,
            Math.max(LEAST_EXECUTORS, (sizing.partitions().slots() + CORES - 1) / CORES));
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("spark.executor.cores", "" + CORES);
    properties.put("spark.executor.memory", mb(executor.heap()));
    properties.put("spark.executor.memoryOverhead", mb(executor.overhead()));
    properties.put("spark.driver.cores", "" + CORES);
    properties.put("spark.driver.memory", mb(driver.heap()));
    properties.put("spark.driver.memoryOverhead", mb(driver.overhead()));
    properties.put("spark.dynamicAllocation.enabled", "true");
    properties.put("spark.dynamicAllocation.minExecutors", "" + LEAST_EXECUTORS);
    properties.put("spark.dynamicAllocation.initialExecutors", "" + LEAST_EXECUTORS);
    properties.put("spark.dynamicAllocation.maxExecutors", "" + executors);
    properties.put("spark.sql.shuffle.partitions", "" + sizing.partitions().shuffle());
    return properties;
  }

  /** Heap and overhead that together are within what the service accepts for so many cores. */
  private static ExecutorMemory memory(long wanted, double overhead) {
    long place = Math.max(LEAST_PER_CORE * CORES, Math.min(MOST_PER_CORE * CORES, wanted));
    ExecutorMemory memory = ExecutorMemory.of(place, 0, overhead);
    // Rounding must not bring it below the least.
    long missing = Math.max(0, LEAST_PER_CORE * CORES - memory.total());
    return new ExecutorMemory(
        place, memory.heap(), memory.overhead() + missing, 0, memory.regions());
  }

  private static String mb(long bytes) {
    return bytes / ByteSize.MIB + "m";
  }
}
