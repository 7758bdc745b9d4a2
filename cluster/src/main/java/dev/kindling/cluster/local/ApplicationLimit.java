package dev.kindling.cluster.local;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.util.Map;
import java.util.Optional;

/**
 * What an application gets that asks for nothing itself, in Spark's terms: a number of cores, and
 * executors of a size of which no more than that number has room for.
 *
 * @param cores of the application
 * @param executorCores of each executor
 * @param executorMemoryMb of each executor
 */
record ApplicationLimit(int cores, int executorCores, long executorMemoryMb) {
  // What Spark reserves is 300 MB; it refuses executors below one and a half times that.
  private static final long SMALLEST_EXECUTOR_MB = 450;

  /**
   * The limit of a cluster's applications; empty when there is none.
   *
   * @throws KindlingException USAGE when an executor would be too small to start
   */
  static Optional<ApplicationLimit> of(Tenants tenants, int workers, WorkerSize size) {
    if (!tenants.limited()) {
      return Optional.empty();
    }
    int all = Math.max(1, workers * size.cores());
    int cores = tenants.maxCores().orElse(all);
    int executorCores = Math.min(cores, size.cores());
    int executors = cores / executorCores;
    long memoryMb =
        Math.min(
            size.memoryMebibytes(),
            (tenants.maxMemoryBytes().orElse(Long.MAX_VALUE) >> 20) / executors);
    if (memoryMb < SMALLEST_EXECUTOR_MB) {
      throw new KindlingException(
          ErrorCode.USAGE,
          ("Cannot limit applications so (--max-cores-per-app, --max-memory-per-app): %d cores in"
                  + " executors of %d make %d executors with %d MB each, and Spark starts none below"
                  + " %d MB. Give more memory or fewer cores.")
              .formatted(cores, executorCores, executors, memoryMb, SMALLEST_EXECUTOR_MB));
    }
    return Optional.of(new ApplicationLimit(cores, executorCores, memoryMb));
  }

  /** For the Master, which gives so many cores to an application that names no number. */
  Map<String, String> forProcesses() {
    return Map.of("spark.deploy.defaultCores", Integer.toString(cores));
  }

  /** For applications. */
  Map<String, String> forApplications() {
    return Map.of(
        "spark.cores.max", Integer.toString(cores),
        "spark.executor.cores", Integer.toString(executorCores),
        "spark.executor.memory", executorMemoryMb + "m");
  }
}
