package dev.kindling.cluster.sizing;

import java.util.ArrayList;
import java.util.List;

/** Says where the rules behind a sizing are disputed, with the numbers of both sides. */
public final class Disagreements {
  /** The overhead's share before Spark 1.4, still in most rules of thumb. */
  static final double OLD_OVERHEAD = 0.07;

  /** The most that Spark's own page on hardware gives to Spark. */
  static final double HARDWARE_SHARE = 0.75;

  private Disagreements() {}

  /** All of a sizing. */
  public static List<Disagreement> of(Sizing sizing) {
    List<Disagreement> found = new ArrayList<>();
    found.add(overhead(sizing));
    found.add(systemMemory(sizing));
    found.add(cores(sizing));
    if (sizing.request().manager() == Manager.YARN) {
      found.add(applicationMaster());
    }
    found.add(shufflePartitions(sizing));
    found.add(fraction(sizing));
    return List.copyOf(found);
  }

  private static Disagreement overhead(Sizing sizing) {
    ExecutorMemory memory = sizing.memory();
    long available = memory.place() - memory.offHeap();
    long old = ExecutorMemory.rounded((long) (available * (1 - OLD_OVERHEAD)));
    return new Disagreement(
        "memory beside the heap",
        "%s of the heap: a heap of %s"
            .formatted(percent(sizing.request().overhead()), Amounts.gb(memory.heap())),
        ("rules from before Spark 1.4 take 7 %% of the place: %s. Spark takes 10 %% of the heap since"
                + " then, and 40 %% for Python and R on Kubernetes")
            .formatted(Amounts.gb(old)));
  }

  private static Disagreement systemMemory(Sizing sizing) {
    SizingRequest request = sizing.request();
    long share = (long) (request.shape().memoryPerNode() * HARDWARE_SHARE);
    long place = share / sizing.division().placesPerNode();
    String heap =
        place < Division.leastPlace(request)
            ? "no room for these executors"
            : "heaps of "
                + Amounts.gb(
                    ExecutorMemory.of(place, request.offHeap(), request.overhead()).heap());
    return new Disagreement(
        "memory left to the operating system",
        "%s of %s"
            .formatted(
                Amounts.gb(request.systemMemory()), Amounts.gb(request.shape().memoryPerNode())),
        "Spark's page on hardware gives Spark at most 75 %%, the rest to the file cache: %s, %s"
            .formatted(Amounts.gb(share), heap));
  }

  private static Disagreement cores(Sizing sizing) {
    return new Disagreement(
        "cores per executor",
        "%d, near the rule's 5".formatted(sizing.division().coresPerExecutor()),
        "Spark's default is 1 on YARN and Kubernetes, and all of a Worker on a standalone cluster;"
            + " the 5 was found with Hadoop 2's HDFS client, object stores have no such limit");
  }

  private static Disagreement applicationMaster() {
    return new Disagreement(
        "room for the application master",
        "the place of a whole executor",
        "in client mode it takes 1 core and 512 MB + 384 MB (spark.yarn.am.cores, spark.yarn.am.memory)");
  }

  private static Disagreement shufflePartitions(Sizing sizing) {
    return new Disagreement(
        "partitions of a shuffle",
        Amounts.number(sizing.partitions().shuffle()),
        "Spark's default is %d whatever the cluster; adaptive execution merges those that turn out small, so more is safer than fewer"
            .formatted(SparkMemory.SHUFFLE_PARTITIONS));
  }

  private static Disagreement fraction(Sizing sizing) {
    MemoryRegions regions = sizing.memory().regions();
    return new Disagreement(
        "share of execution and storage",
        "60 %% of heap less 300 MB: %s".formatted(Amounts.mb(regions.unified())),
        "pages from the time of Spark 1.6 say 75 %%: %s"
            .formatted(Amounts.mb((long) ((regions.heap() - regions.reserved()) * 0.75))));
  }

  private static String percent(double factor) {
    return Amounts.factor(factor * 100) + " %";
  }
}
