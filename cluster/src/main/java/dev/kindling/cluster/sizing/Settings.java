package dev.kindling.cluster.sizing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A sizing as settings of Spark. */
public final class Settings {
  private static final Set<String> OF_THE_DRIVERS_PROCESS =
      Set.of("spark.driver.cores", "spark.driver.memory", "spark.driver.memoryOverhead");

  private Settings() {}

  /** The settings by their names, in the order of reading. */
  public static Map<String, String> of(Sizing sizing) {
    Map<String, String> settings = new LinkedHashMap<>();
    executors(sizing, settings);
    partitions(sizing, settings);
    driver(sizing, settings);
    allocation(sizing, settings);
    return settings;
  }

  /**
   * Those of the settings that an application may set for itself. The driver's memory and cores are
   * not among them: they must be known before its process starts, so that there they would be read
   * and do nothing.
   */
  public static Map<String, String> ofApplication(Sizing sizing) {
    Map<String, String> settings = of(sizing);
    settings.keySet().removeAll(OF_THE_DRIVERS_PROCESS);
    return settings;
  }

  private static void executors(Sizing sizing, Map<String, String> settings) {
    ExecutorMemory memory = sizing.memory();
    settings.put("spark.executor.cores", "" + sizing.division().coresPerExecutor());
    settings.put("spark.executor.memory", Amounts.setting(memory.heap()));
    if (hasOverhead(sizing)) {
      settings.put("spark.executor.memoryOverhead", Amounts.setting(memory.overhead()));
    }
    if (memory.offHeap() > 0) {
      settings.put("spark.memory.offHeap.enabled", "true");
      settings.put("spark.memory.offHeap.size", Amounts.setting(memory.offHeap()));
    }
  }

  private static void partitions(Sizing sizing, Map<String, String> settings) {
    if (sizing.request().workload() != Workload.STREAMING) {
      settings.put("spark.default.parallelism", "" + parallelism(sizing));
    }
    settings.put("spark.sql.shuffle.partitions", "" + sizing.partitions().shuffle());
  }

  private static void driver(Sizing sizing, Map<String, String> settings) {
    Driver driver = sizing.driver();
    if (sizing.request().mode() == DeployMode.CLUSTER) {
      settings.put("spark.driver.cores", "" + driver.cores());
    }
    settings.put("spark.driver.memory", Amounts.setting(driver.heap()));
    if (sizing.request().mode() == DeployMode.CLUSTER && hasOverhead(sizing)) {
      settings.put("spark.driver.memoryOverhead", Amounts.setting(driver.overhead()));
    }
    settings.put("spark.driver.maxResultSize", Amounts.setting(driver.maxResult()));
  }

  private static void allocation(Sizing sizing, Map<String, String> settings) {
    if (sizing.allocation() instanceof Allocation.Dynamic dynamic) {
      settings.put("spark.dynamicAllocation.enabled", "true");
      // Without an external shuffle service, an executor may only go when nobody needs its files.
      settings.put("spark.dynamicAllocation.shuffleTracking.enabled", "true");
      settings.put("spark.dynamicAllocation.minExecutors", "" + dynamic.least());
      settings.put("spark.dynamicAllocation.initialExecutors", "" + dynamic.initial());
      settings.put("spark.dynamicAllocation.maxExecutors", "" + dynamic.most());
      return;
    }
    settings.put("spark.dynamicAllocation.enabled", "false");
    if (sizing.request().manager() == Manager.STANDALONE) {
      // The standalone Master counts an application's cores, not its executors.
      settings.put("spark.cores.max", "" + sizing.partitions().slots());
    } else {
      settings.put("spark.executor.instances", "" + sizing.division().executors());
    }
  }

  /** Whether the manager looks at memory beside the heap: Spark's own Master does not. */
  static boolean hasOverhead(Sizing sizing) {
    return sizing.request().manager() != Manager.STANDALONE;
  }

  /** The partitions of an RDD that nobody gave a number. */
  static long parallelism(Sizing sizing) {
    return sizing.partitions().slots() * sizing.request().workload().tasksPerSlot();
  }
}
