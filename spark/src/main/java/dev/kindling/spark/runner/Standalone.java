package dev.kindling.spark.runner;

import dev.kindling.model.record.SettingRecord;
import dev.kindling.spark.protocol.TargetSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.deploy.master.WorkerInfo;
import scala.Tuple2;

/**
 * One of Spark's own clusters, as its master tells it before an application starts.
 *
 * @param workers the number of its workers
 * @param cores of all workers together
 * @param smallestWorkerCores the cores of the worker that has fewest
 * @param smallestWorkerMb the memory for executors on the worker that has least
 * @param seenFree whether its page was read, and has room for an executor
 */
record Standalone(
    int workers, int cores, int smallestWorkerCores, int smallestWorkerMb, boolean seenFree)
    implements TargetCluster {
  private static final int LARGEST_HEAP_MB = 31 << 10;

  /**
   * Asks the active master.
   *
   * @throws TargetProblem when it does not answer, does not take the application, or has nothing
   *     free for it
   */
  static Standalone of(SparkConf application) {
    String address = application.get("spark.driver.bindAddress", "127.0.0.1");
    try (MasterConnection master = MasterConnection.open(application, address)) {
      List<WorkerInfo> workers = master.workers();
      Optional<Occupancy> occupancy = master.occupancy();
      Standalone cluster =
          new Standalone(
              workers.size(),
              workers.stream().mapToInt(WorkerInfo::cores).sum(),
              workers.stream().mapToInt(WorkerInfo::cores).min().orElseThrow(),
              workers.stream().mapToInt(WorkerInfo::memory).min().orElseThrow(),
              occupancy.isPresent());
      SparkConf complete = application.clone();
      cluster
          .settings(all(application))
          .forEach(setting -> complete.set(setting.name(), setting.value()));
      new Capacity(workers).check(complete, true);
      occupancy.ifPresent(found -> found.check(complete));
      return cluster;
    }
  }

  private static Map<String, String> all(SparkConf conf) {
    return Stream.of(conf.getAll()).collect(Collectors.toMap(Tuple2::_1, Tuple2::_2));
  }

  @Override
  public List<SettingRecord> settings(Map<String, String> given) {
    List<SettingRecord> all = new ArrayList<>();
    all.add(
        new SettingRecord(
            "spark.executor.memory",
            Math.min(smallestWorkerMb, LARGEST_HEAP_MB) + "m",
            "all that the smallest worker gives, one executor a worker; at most 31 GB, above which"
                + " Java's references are twice as long"));
    if (TargetSettings.allocatesDynamically(given)) {
      all.add(
          new SettingRecord(
              "spark.executor.cores",
              Integer.toString(Math.min(smallestWorkerCores, number(given, "spark.cores.max"))),
              "all that the smallest worker gives: dynamic allocation counts executors of one"
                  + " size"));
      all.add(
          new SettingRecord(
              "spark.dynamicAllocation.initialExecutors",
              Integer.toString(
                  Math.max(
                      givenMinimum(given),
                      Math.min(workers, number(given, "spark.dynamicAllocation.maxExecutors")))),
              "one for each worker, until it is known how many are needed"));
    }
    all.add(ShuffleSettings.partitions(cores, "cluster's %d cores"));
    all.add(
        new SettingRecord(
            "spark.ui.enabled", "true", "the master's page links to the application"));
    all.add(new SettingRecord("spark.ui.port", "0", "a free port"));
    return all.stream().filter(setting -> !given.containsKey(setting.name())).toList();
  }

  private static int givenMinimum(Map<String, String> given) {
    String text = given.getOrDefault("spark.dynamicAllocation.minExecutors", "1");
    return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 1;
  }

  /** What is no number is left to Spark to refuse. */
  private static int number(Map<String, String> given, String name) {
    String text = given.getOrDefault(name, "");
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
  }

  /** Spark spreads an application over as many workers as it can. */
  @Override
  public int executors(SparkConf complete) {
    int wanted = complete.getInt("spark.cores.max", cores);
    return Math.min(workers, wanted / complete.getInt("spark.executor.cores", 1));
  }

  @Override
  public int patienceSeconds() {
    // Where there is room, an executor comes, however busy its machine is.
    return seenFree ? 90 : 30;
  }

  @Override
  public String whyNothingStarts(SparkContext context) {
    return ("other applications hold the cluster, or no worker has what an executor asks for"
            + " (spark.executor.memory=%s, spark.executor.cores=%s). The cluster has %d worker%s,"
            + " %d cores and at least %d MB a worker in all.")
        .formatted(
            context.conf().get("spark.executor.memory"),
            context.conf().get("spark.executor.cores", "all of a worker"),
            workers,
            workers == 1 ? "" : "s",
            cores,
            smallestWorkerMb);
  }
}
