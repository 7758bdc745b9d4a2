package dev.kindling.spark.protocol;

import static java.util.Objects.requireNonNull;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the Spark process is started.
 *
 * @param javaHome the Java installation that runs it
 * @param classPath the runner's class path: this module, Spark and what they need
 * @param scratch folder for the warehouse and Spark's temporary files; created if absent, deleted
 *     by the caller after {@link SparkProcess#close()}
 * @param log file that takes the process's log; created if absent, appended to
 * @param heapBytes its largest heap
 * @param cores number of task threads
 * @param conf settings of the Spark context and its first session, over the runner's defaults
 * @param sharedArchive class-data archive, which halves the start; one that does not fit is ignored
 * @param jvmOptions further options of the virtual machine, the last ones on its command line
 * @param environment variables of the process, over those of this one
 * @param startDeadline how long the session may take to come up
 */
public record SparkSettings(
    Path javaHome,
    List<Path> classPath,
    Path scratch,
    Path log,
    long heapBytes,
    int cores,
    Map<String, String> conf,
    Optional<Path> sharedArchive,
    List<String> jvmOptions,
    Map<String, String> environment,
    Duration startDeadline) {
  private static final long GIB = 1L << 30;

  public SparkSettings {
    requireNonNull(javaHome, "javaHome is null");
    classPath = List.copyOf(classPath);
    requireNonNull(scratch, "scratch is null");
    requireNonNull(log, "log is null");
    conf = Map.copyOf(conf);
    requireNonNull(sharedArchive, "sharedArchive is null");
    jvmOptions = List.copyOf(jvmOptions);
    environment = Map.copyOf(environment);
    requireNonNull(startDeadline, "startDeadline is null");
    if (heapBytes < 1) {
      throw new IllegalArgumentException("heapBytes must be positive, was " + heapBytes);
    }
    if (cores < 1) {
      throw new IllegalArgumentException("cores must be at least 1, was " + cores);
    }
  }

  /** This process's own Java, all its cores, {@link #defaultHeapBytes()}, no settings. */
  public static SparkSettings of(List<Path> classPath, Path scratch, Path log) {
    return new SparkSettings(
        Path.of(System.getProperty("java.home")),
        classPath,
        scratch,
        log,
        defaultHeapBytes(),
        Runtime.getRuntime().availableProcessors(),
        Map.of(),
        Optional.empty(),
        List.of(),
        Map.of(),
        Duration.ofSeconds(120));
  }

  /** A quarter of the machine's (or container's) memory, at most 4 GiB, at least 1 GiB. */
  public static long defaultHeapBytes() {
    long memory =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
            .getTotalMemorySize();
    return Math.max(GIB, Math.min(memory / 4, 4 * GIB));
  }

  public SparkSettings withHeapBytes(long bytes) {
    return new SparkSettings(
        javaHome,
        classPath,
        scratch,
        log,
        bytes,
        cores,
        conf,
        sharedArchive,
        jvmOptions,
        environment,
        startDeadline);
  }

  public SparkSettings withCores(int number) {
    return new SparkSettings(
        javaHome,
        classPath,
        scratch,
        log,
        heapBytes,
        number,
        conf,
        sharedArchive,
        jvmOptions,
        environment,
        startDeadline);
  }

  public SparkSettings withConf(Map<String, String> settings) {
    return new SparkSettings(
        javaHome,
        classPath,
        scratch,
        log,
        heapBytes,
        cores,
        settings,
        sharedArchive,
        jvmOptions,
        environment,
        startDeadline);
  }

  public SparkSettings withSharedArchive(Path archive) {
    return new SparkSettings(
        javaHome,
        classPath,
        scratch,
        log,
        heapBytes,
        cores,
        conf,
        Optional.of(archive),
        jvmOptions,
        environment,
        startDeadline);
  }

  public SparkSettings withJvmOptions(List<String> options) {
    return new SparkSettings(
        javaHome,
        classPath,
        scratch,
        log,
        heapBytes,
        cores,
        conf,
        sharedArchive,
        options,
        environment,
        startDeadline);
  }

  public SparkSettings withEnvironment(Map<String, String> variables) {
    return new SparkSettings(
        javaHome,
        classPath,
        scratch,
        log,
        heapBytes,
        cores,
        conf,
        sharedArchive,
        jvmOptions,
        variables,
        startDeadline);
  }

  public SparkSettings withStartDeadline(Duration deadline) {
    return new SparkSettings(
        javaHome,
        classPath,
        scratch,
        log,
        heapBytes,
        cores,
        conf,
        sharedArchive,
        jvmOptions,
        environment,
        deadline);
  }

  /** The names of the settings only: values may be secret. */
  @Override
  public String toString() {
    return "SparkSettings[javaHome=%s, scratch=%s, log=%s, heapBytes=%d, cores=%d, conf=%s]"
        .formatted(javaHome, scratch, log, heapBytes, cores, conf.keySet());
  }
}
