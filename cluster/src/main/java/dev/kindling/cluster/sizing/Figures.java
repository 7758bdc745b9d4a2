package dev.kindling.cluster.sizing;

import dev.kindling.cluster.sizing.Figure.Group;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Explains the numbers of a sizing one by one. */
public final class Figures {
  private final Sizing sizing;
  private final SizingRequest request;
  private final Division division;
  private final ExecutorMemory memory;
  private final Partitions partitions;
  private final Set<String> settings;
  private final List<Figure> figures = new ArrayList<>();

  private Figures(Sizing sizing) {
    this.sizing = sizing;
    this.request = sizing.request();
    this.division = sizing.division();
    this.memory = sizing.memory();
    this.partitions = sizing.partitions();
    this.settings = Settings.of(sizing).keySet();
  }

  /** All figures, in the order in which one follows from the others. */
  public static List<Figure> of(Sizing sizing) {
    Figures figures = new Figures(sizing);
    figures.executors();
    figures.memory();
    figures.parallelism();
    figures.driver();
    figures.allocation();
    return List.copyOf(figures.figures);
  }

  private void executors() {
    int cores = Division.coresForSpark(request);
    add(
        Group.EXECUTORS,
        "cores for Spark on a node",
        "" + cores,
        "%d cores less %d for the operating system and its services"
            .formatted(request.shape().coresPerNode(), request.systemCores()),
        Source.RULE);
    add(
        Group.EXECUTORS,
        "cores per executor",
        "" + division.coresPerExecutor(),
        division.unusual()
            ? "of 2 and 1 the first that leaves an executor; %s do not fit"
                .formatted(Division.candidates())
            : "of %s the one that leaves fewest of %d cores idle: %d"
                .formatted(Division.candidates(), cores, division.idleCores()),
        Source.RULE,
        "spark.executor.cores");
    add(
        Group.EXECUTORS,
        "executors per node",
        "" + division.placesPerNode(),
        cores / division.coresPerExecutor() > division.placesPerNode()
            ? "as many as the memory has places for"
            : "%d cores / %d, rounded down".formatted(cores, division.coresPerExecutor()),
        Source.ARITHMETIC);
    add(
        Group.EXECUTORS,
        "executors",
        Amounts.number(division.executors()),
        Amounts.count(request.shape().nodes(), "node")
            + " × "
            + division.placesPerNode()
            + " = "
            + Amounts.number(division.places())
            + (request.takesPlace()
                ? ", less 1 place for " + placeTaker()
                : "; the driver runs outside of the cluster"),
        Source.RULE,
        "spark.executor.instances",
        "spark.dynamicAllocation.maxExecutors",
        "spark.cores.max");
  }

  private String placeTaker() {
    return request.manager() == Manager.YARN ? "YARN's application master" : "the driver";
  }

  private void memory() {
    add(
        Group.MEMORY,
        "memory for Spark on a node",
        Amounts.gb(Division.memoryForSpark(request)),
        "%s less %s for the operating system and its services"
            .formatted(
                Amounts.gb(request.shape().memoryPerNode()), Amounts.gb(request.systemMemory())),
        Source.RULE);
    add(
        Group.MEMORY,
        "an executor's place",
        Amounts.gb(memory.place()),
        "%s / %s"
            .formatted(
                Amounts.gb(Division.memoryForSpark(request)),
                Amounts.count(division.placesPerNode(), "executor")),
        Source.ARITHMETIC);
    add(
        Group.MEMORY,
        "heap",
        Amounts.gb(memory.heap()),
        "the largest for which heap + overhead%s fit into %s: %s, rounded down"
            .formatted(
                memory.offHeap() > 0 ? " + off-heap" : "",
                Amounts.gb(memory.place()),
                largestHeap()),
        Source.CONFIGURATION,
        "spark.executor.memory");
    add(
        Group.MEMORY,
        "overhead",
        Amounts.mb(memory.overhead()),
        "max(384 MB, %s × %s)%s"
            .formatted(
                Amounts.factor(request.overhead()),
                Amounts.mb(memory.heap()),
                Settings.hasOverhead(sizing)
                    ? ""
                    : "; Spark's own Master does not count it, the machine does"),
        request.overheadFactor().isPresent() || request.overhead() != SparkMemory.OVERHEAD_FACTOR
            ? Source.CHOICE
            : Source.CONFIGURATION,
        "spark.executor.memoryOverhead");
    add(
        Group.MEMORY,
        "off-heap",
        Amounts.gb(memory.offHeap()),
        memory.offHeap() > 0
            ? "as asked for; Spark SQL then sorts, joins and aggregates there and not in the heap"
            : "Spark's default; --off-heap takes a part of the place for it",
        Source.CONFIGURATION,
        "spark.memory.offHeap.enabled",
        "spark.memory.offHeap.size");
    add(
        Group.MEMORY,
        "execution memory per task",
        Amounts.mb(partitions.executionPerTask()),
        "%s / %s, when the cache is full; up to twice that when it is empty"
            .formatted(
                Amounts.mb(memory.regions().execution()),
                Amounts.count(division.coresPerExecutor(), "task")),
        Source.TUNING);
    if (request.manager() == Manager.STANDALONE) {
      worker();
    }
  }

  private String largestHeap() {
    String available = Amounts.gb(memory.place() - memory.offHeap());
    return memory.overhead() == SparkMemory.LEAST_OVERHEAD
        ? available + " less " + Amounts.mb(SparkMemory.LEAST_OVERHEAD)
        : "%s / (1 + %s)".formatted(available, Amounts.factor(request.overhead()));
  }

  private void worker() {
    add(
        Group.MEMORY,
        "a Worker's memory",
        Amounts.gb(division.placesPerNode() * memory.heap()),
        "%d × %s: SPARK_WORKER_MEMORY counts heaps only; SPARK_WORKER_CORES=%d"
            .formatted(
                division.placesPerNode(),
                Amounts.gb(memory.heap()),
                division.placesPerNode() * division.coresPerExecutor()),
        Source.ARITHMETIC);
  }

  private void parallelism() {
    add(
        Group.PARALLELISM,
        "slots",
        Amounts.number(partitions.slots()),
        "%s × %s: tasks that run at once"
            .formatted(
                Amounts.count(division.executors(), "executor"),
                Amounts.count(division.coresPerExecutor(), "core")),
        Source.ARITHMETIC);
    if (partitions.input().isPresent()) {
      long input = partitions.input().getAsLong();
      add(
          Group.PARALLELISM,
          "tasks to read the data",
          "%s in %s"
              .formatted(Amounts.number(input), Amounts.count(partitions.waves(input), "wave")),
          "%s / 128 MB (spark.sql.files.maxPartitionBytes), on %s"
              .formatted(
                  Amounts.gb(request.data().getAsLong()),
                  Amounts.count(partitions.slots(), "slot")),
          Source.SQL_TUNING);
    }
    int perSlot = request.workload().tasksPerSlot();
    if (request.workload() != Workload.STREAMING) {
      add(
          Group.PARALLELISM,
          "partitions of an RDD",
          Amounts.number(Settings.parallelism(sizing)),
          "%s × %d; Spark recommends 2 to 3 tasks per core"
              .formatted(Amounts.count(partitions.slots(), "slot"), perSlot),
          Source.TUNING,
          "spark.default.parallelism");
    }
    add(
        Group.PARALLELISM,
        "partitions of a shuffle",
        "%s in %s"
            .formatted(
                Amounts.number(partitions.shuffle()),
                Amounts.count(partitions.waves(partitions.shuffle()), "wave")),
        partitions.bound() == Partitions.Bound.DATA
            ? "%s / %s, up to whole waves of %s, as if all data were shuffled at once"
                .formatted(
                    Amounts.gb(request.data().getAsLong()),
                    Amounts.mb(partitions.targetBytes()),
                    Amounts.count(partitions.slots(), "slot"))
            : "%s × %d%s"
                .formatted(
                    Amounts.count(partitions.slots(), "slot"),
                    perSlot,
                    request.workload() == Workload.STREAMING
                        ? ": one wave; a stream with state keeps this number for its lifetime"
                        : ""),
        request.workload() == Workload.STREAMING ? Source.CHOICE : Source.TUNING,
        "spark.sql.shuffle.partitions");
    add(
        Group.PARALLELISM,
        "data in a shuffle partition",
        "up to " + Amounts.mb(partitions.targetBytes()),
        "min(128 MB, %s / %d): in memory data grows 2 to 5 times, and should not spill"
            .formatted(Amounts.mb(partitions.executionPerTask()), Partitions.GROWTH),
        Source.TUNING);
  }

  private void driver() {
    Driver driver = sizing.driver();
    add(
        Group.DRIVER,
        "driver's cores",
        "" + driver.cores(),
        "min(%d, %d): a driver takes in results with 4 threads (spark.resultGetter.threads)"
            .formatted(Driver.MOST_CORES, division.coresPerExecutor()),
        Source.CHOICE,
        "spark.driver.cores");
    add(
        Group.DRIVER,
        "driver's heap",
        Amounts.gb(driver.heap()),
        "min(%s for %s, an executor's %s)"
            .formatted(
                Amounts.gb(request.workload().driverHeap()),
                request.workload().label(),
                Amounts.gb(memory.heap())),
        Source.CHOICE,
        "spark.driver.memory");
    add(
        Group.DRIVER,
        "driver's overhead",
        Amounts.mb(driver.overhead()),
        "max(384 MB, %s × %s)"
            .formatted(Amounts.factor(request.overhead()), Amounts.mb(driver.heap())),
        Source.CONFIGURATION,
        "spark.driver.memoryOverhead");
    add(
        Group.DRIVER,
        "results it accepts",
        Amounts.gb(driver.maxResult()),
        "%s / %d: the heap also holds broadcast tables and the state of all tasks"
            .formatted(Amounts.gb(driver.heap()), Driver.RESULTS_IN_HEAP),
        Source.CHOICE,
        "spark.driver.maxResultSize");
  }

  private void allocation() {
    Allocation allocation = sizing.allocation();
    String value =
        allocation instanceof Allocation.Dynamic dynamic
            ? "%d to %s, %s at the start"
                .formatted(
                    dynamic.least(),
                    Amounts.number(dynamic.most()),
                    Amounts.number(dynamic.initial()))
            : "off";
    add(
        Group.ALLOCATION,
        "dynamic allocation",
        value,
        allocation.reason(),
        Source.SCHEDULING,
        "spark.dynamicAllocation.enabled",
        "spark.dynamicAllocation.shuffleTracking.enabled",
        "spark.dynamicAllocation.minExecutors",
        "spark.dynamicAllocation.initialExecutors");
  }

  private void add(
      Group group, String name, String value, String formula, Source source, String... becomes) {
    figures.add(
        new Figure(
            group,
            name,
            value,
            formula,
            source,
            Arrays.stream(becomes).filter(settings::contains).toList()));
  }
}
