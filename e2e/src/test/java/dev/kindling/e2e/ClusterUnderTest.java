package dev.kindling.e2e;

import dev.kindling.cluster.local.Cluster;
import dev.kindling.cluster.local.ClusterOptions;
import dev.kindling.cluster.local.Clusters;
import dev.kindling.cluster.local.Health;
import dev.kindling.cluster.local.Member;
import dev.kindling.cluster.local.MemberStatus;
import dev.kindling.cluster.local.Role;
import dev.kindling.cluster.local.Tenants;
import dev.kindling.cluster.local.WorkerSize;
import dev.kindling.model.process.SparkInstallation;
import dev.kindling.spark.protocol.SparkProcess;
import dev.kindling.spark.protocol.SparkSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A real cluster of three Workers with one core each, and an application that holds all of it. */
final class ClusterUnderTest implements AutoCloseable {
  private static final String NAME = "faults";
  private static final int WORKERS = 3;
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final Clusters clusters;
  private final SparkProcess driver;

  private ClusterUnderTest(Clusters clusters, SparkProcess driver) {
    this.clusters = clusters;
    this.driver = driver;
  }

  /**
   * Starts both.
   *
   * @param folder of its own
   * @param highAvailability whether a second Master stands by
   */
  static ClusterUnderTest start(Path folder, boolean highAvailability) {
    SparkInstallation spark =
        new SparkInstallation(
            Path.of(System.getProperty("java.home")),
            List.of(Cli.dist().resolve("lib/spark-classpath.jar")),
            Cli.sparkArchive());
    Clusters clusters = new Clusters(folder.resolve("clusters"), spark, () -> false);
    Cluster cluster =
        clusters.up(
            new ClusterOptions(
                NAME,
                ClusterOptions.LOOPBACK,
                WORKERS,
                new WorkerSize(1, 700L << 20),
                false,
                highAvailability,
                false,
                false,
                Tenants.NONE,
                DEADLINE));
    Map<String, String> conf = new HashMap<>(cluster.driverConf());
    conf.putAll(ShuffleJob.conf());
    // Executors come and go with the work otherwise, and a loss may meet a Worker without one.
    conf.put("spark.dynamicAllocation.minExecutors", Integer.toString(WORKERS));
    conf.put("spark.dynamicAllocation.initialExecutors", Integer.toString(WORKERS));
    // The other tests' processes do without the second compiler; this job is long enough to gain.
    conf.merge(
        "spark.executor.extraJavaOptions",
        "-XX:TieredStopAtLevel=4",
        (options, more) -> options + " " + more);
    SparkSettings settings =
        SparkSettings.of(spark.classPath(), folder.resolve("scratch"), folder.resolve("spark.log"))
            .withConf(conf)
            .withHeapBytes(768L << 20);
    if (spark.archive().isPresent()) {
      settings = settings.withSharedArchive(spark.archive().get());
    }
    return new ClusterUnderTest(clusters, SparkProcess.start(settings));
  }

  SparkProcess driver() {
    return driver;
  }

  void killExecutors() {
    executors(firstWorker()).forEach(ProcessHandle::destroyForcibly);
  }

  void killWorker() {
    List<ProcessHandle> executors = executors(firstWorker());
    // The Worker first: it would take the end of an executor for a failure and start another.
    process(firstWorker()).destroyForcibly();
    executors.forEach(ProcessHandle::destroyForcibly);
  }

  void drainWorker() {
    Cli.signal("PWR", process(firstWorker()));
  }

  /** Kills the Master that leads, and returns once it is gone. */
  void killLeader() {
    ProcessHandle leader =
        process(
            cluster().status().members().stream()
                .filter(status -> status.member().daemon().role() == Role.MASTER)
                .filter(status -> status.state().equals("ALIVE"))
                .map(MemberStatus::member)
                .findFirst()
                .orElseThrow());
    leader.destroyForcibly();
    leader.onExit().join();
  }

  /** Starts what is dead again. */
  void repair() {
    clusters.repair(NAME, DEADLINE);
  }

  /** Puts back what a fault took, and returns when the application holds the whole cluster. */
  void restore() {
    Member worker = firstWorker();
    boolean works =
        cluster().status().members().stream()
            .anyMatch(status -> status.member().equals(worker) && status.good());
    if (!works && worker.isAlive()) {
      // It was drained, and gets no work any more.
      process(worker).destroyForcibly();
      process(worker).onExit().join();
    }
    repair();
    Until.holds(() -> cluster().status().health() == Health.ALIVE, "the whole cluster");
    awaitApplication();
  }

  /** Waits until the Master that leads gives all of the cluster to the one application. */
  void awaitApplication() {
    Until.holds(
        () ->
            cluster().status().activeApplications() == 1
                && cluster().status().coresUsed() == WORKERS,
        "the application with all cores");
  }

  private Cluster cluster() {
    return clusters.get(NAME);
  }

  private Member firstWorker() {
    return cluster().state().members(Role.WORKER).get(0);
  }

  private static List<ProcessHandle> executors(Member worker) {
    return process(worker).children().toList();
  }

  private static ProcessHandle process(Member member) {
    return ProcessHandle.of(member.process().pid()).orElseThrow();
  }

  @Override
  public void close() {
    driver.close();
    clusters.down(NAME);
  }
}
