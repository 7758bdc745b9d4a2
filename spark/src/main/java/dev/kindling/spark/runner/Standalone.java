package dev.kindling.spark.runner;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.master.WorkerInfo;

/**
 * One of Spark's own clusters, as its master tells it before an application starts.
 *
 * @param workers the number of its workers
 * @param cores of all workers together
 * @param smallestWorkerMb the memory for executors on the worker that has least
 * @param seenFree whether its page was read, and has room for an executor
 */
record Standalone(int workers, int cores, int smallestWorkerMb, boolean seenFree) {
  /**
   * The cluster that an application's settings name; empty when they name another kind.
   *
   * @throws TargetProblem when it does not answer, does not take the application, or has nothing
   *     free for it
   */
  static Optional<Standalone> of(SparkConf application) {
    if (!MasterConnection.isFor(application)) {
      return Optional.empty();
    }
    String address = application.get("spark.driver.bindAddress", "127.0.0.1");
    try (MasterConnection master = MasterConnection.open(application, address)) {
      List<WorkerInfo> workers = master.workers();
      Optional<Occupancy> occupancy = master.occupancy();
      Standalone cluster =
          new Standalone(
              workers.size(),
              workers.stream().mapToInt(WorkerInfo::cores).sum(),
              workers.stream().mapToInt(WorkerInfo::memory).min().orElseThrow(),
              occupancy.isPresent());
      SparkConf complete = application.clone();
      cluster.defaults().forEach(complete::setIfMissing);
      new Capacity(workers).check(complete, true);
      occupancy.ifPresent(found -> found.check(complete));
      return Optional.of(cluster);
    }
  }

  /** Settings that fit the cluster, under those that the user gave. */
  Map<String, String> defaults() {
    // One executor a worker, with all that the worker gives: a larger heap than this one would make
    // Java's references twice as long.
    int memory = Math.min(smallestWorkerMb, 31 << 10);
    return Map.ofEntries(
        Map.entry("spark.executor.memory", memory + "m"),
        Map.entry("spark.sql.shuffle.partitions", Integer.toString(Math.max(16, 4 * cores))),
        // A worker that is drained hands its shuffle files on, so that nothing is computed again.
        Map.entry("spark.decommission.enabled", "true"),
        Map.entry("spark.storage.decommission.enabled", "true"),
        Map.entry("spark.storage.decommission.shuffleBlocks.enabled", "true"),
        Map.entry("spark.storage.decommission.rddBlocks.enabled", "true"),
        Map.entry("spark.ui.enabled", "true"),
        Map.entry("spark.ui.port", "0"));
  }
}
