package dev.kindling.spark.runner;

import dev.kindling.spark.protocol.Failure;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.master.WorkerInfo;

/**
 * Whether a cluster can ever give what an application asks for. One that cannot lets it wait for
 * ever, and Spark says so in its log only.
 */
final class Capacity {
  private final List<WorkerInfo> workers;

  /**
   * @param workers at least one
   */
  Capacity(List<WorkerInfo> workers) {
    this.workers = List.copyOf(workers);
  }

  /**
   * Compares with the workers' whole size, since what is in use comes free again.
   *
   * @param client whether the driver runs outside the cluster
   * @throws TargetProblem TARGET_RESOURCES
   */
  void check(SparkConf conf, boolean client) {
    fits(
        "An executor",
        (int) conf.getSizeAsMb("spark.executor.memory", "1g"),
        conf.getInt("spark.executor.cores", 1),
        "executor");
    if (!client) {
      fits(
          "The driver",
          (int) conf.getSizeAsMb("spark.driver.memory", "1g"),
          conf.getInt("spark.driver.cores", 1),
          "driver");
    }
  }

  private void fits(String who, int memoryMb, int cores, String role) {
    boolean fits =
        workers.stream().anyMatch(worker -> worker.memory() >= memoryMb && worker.cores() >= cores);
    if (!fits) {
      throw new TargetProblem(
          Failure.Kind.TARGET_RESOURCES,
          ("%s asks for %d MB and %d core%s, and no worker of the cluster is that large: the largest"
                  + " memory is %d MB, the most cores are %d. Ask for less with spark.%s.memory and"
                  + " spark.%s.cores (of submit: --%s-memory and --%s-cores), or add a larger"
                  + " worker.")
              .formatted(
                  who,
                  memoryMb,
                  cores,
                  cores == 1 ? "" : "s",
                  workers.stream().mapToInt(WorkerInfo::memory).max().orElseThrow(),
                  workers.stream().mapToInt(WorkerInfo::cores).max().orElseThrow(),
                  role,
                  role,
                  role,
                  role),
          null);
    }
  }
}
