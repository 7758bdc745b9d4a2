package dev.kindling.bench.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.launcher.JavaModuleOptions;

/** The engines there are, in the order of the report: the first one is the one under test. */
public enum EngineKind {
  // Analysis of deep plans recurses; the product's launcher gives as much stack.
  KINDLING("kindling", "Kindling", Heap.SMALL, List.of("-Xss8m", "-XX:+UseSerialGC")) {
    @Override
    BenchEngine create(EngineSettings settings) {
      return new KindlingEngine(settings);
    }
  },
  // A Spark session whose plans the embedded engine takes over.
  DATAFRAME("kindling-dataframe", "Kindling in Spark", Heap.HALF, List.of("-Xss8m")) {
    @Override
    BenchEngine create(EngineSettings settings) {
      return SparkEngine.withKindling(settings);
    }
  },
  DUCKDB("duckdb", "raw DuckDB", Heap.SMALL, List.of()) {
    @Override
    BenchEngine create(EngineSettings settings) throws Exception {
      return new DuckDbEngine(settings);
    }
  },
  SPARK("spark", "Spark", Heap.ALL, List.of()) {
    @Override
    BenchEngine create(EngineSettings settings) {
      return SparkEngine.withDefaults(settings);
    }
  },
  // Without pauses to keep short, the parallel collector gets more work done than G1.
  SPARK_TUNED("spark-tuned", "Spark tuned", Heap.ALL, List.of("-XX:+UseParallelGC")) {
    @Override
    BenchEngine create(EngineSettings settings) {
      return SparkEngine.tuned(settings);
    }
  };

  /** How an engine's memory is shared between the Java heap and what lies outside of it. */
  private enum Heap {
    /** The heap is where the work is done. */
    ALL,
    /** Both. */
    HALF,
    /** The work is done in native memory; the heap holds results. */
    SMALL
  }

  private static final long SMALL_HEAP = 512L << 20;

  private final String name;
  private final String label;
  private final Heap heap;
  private final List<String> jvmOptions;

  EngineKind(String name, String label, Heap heap, List<String> jvmOptions) {
    this.name = name;
    this.label = label;
    this.heap = heap;
    this.jvmOptions = List.copyOf(jvmOptions);
  }

  abstract BenchEngine create(EngineSettings settings) throws Exception;

  /** The name on the command line and in files. */
  public String id() {
    return name;
  }

  /** The name in tables for people. */
  public String label() {
    return label;
  }

  public boolean isSpark() {
    return this == SPARK || this == SPARK_TUNED;
  }

  /** A table expression over the Parquet files of a folder, in this engine's SQL. */
  public String scan(Path folder) {
    // Here and not in the engines' classes: a process loads only the engine that it runs.
    return this == DUCKDB
        ? "read_parquet('" + folder.toString().replace("'", "''") + "/*.parquet')"
        : "parquet.`" + folder.toString().replace("`", "``") + "`";
  }

  /** What goes to the Java heap of a memory budget, in bytes. */
  public long heapBytes(long memoryBytes) {
    return switch (heap) {
      case ALL -> memoryBytes;
      case HALF -> memoryBytes / 2;
      case SMALL -> Math.min(SMALL_HEAP, memoryBytes / 2);
    };
  }

  /** What is left for memory outside the heap, in bytes. */
  long nativeBytes(long memoryBytes) {
    return heap == Heap.ALL ? memoryBytes : memoryBytes - heapBytes(memoryBytes);
  }

  /** The options of this engine's JVM: its heap is fixed, so that growing it costs nobody time. */
  List<String> jvmOptions(long memoryBytes) {
    long megabytes = heapBytes(memoryBytes) >> 20;
    List<String> options = new ArrayList<>();
    options.add("-Xms" + megabytes + "m");
    options.add("-Xmx" + megabytes + "m");
    options.addAll(jvmOptions);
    if (isSpark() || this == DATAFRAME) {
      options.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    }
    return options;
  }

  /** The engine with this name on the command line. */
  public static Optional<EngineKind> find(String name) {
    return Arrays.stream(values()).filter(kind -> kind.name.equals(name)).findFirst();
  }

  /** All names, for messages. */
  public static String names() {
    return Arrays.stream(values()).map(EngineKind::id).collect(Collectors.joining(", "));
  }
}
