package dev.kindling.bench.engine;

import dev.kindling.embedded.OutputOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructField;

/** Apache Spark in one process, {@code local[threads]}. */
final class SparkEngine implements BenchEngine {
  private final SparkSession spark;

  SparkEngine(EngineSettings settings, Map<String, String> options) {
    var builder =
        SparkSession.builder()
            .master("local[" + settings.threads() + "]")
            .appName("kindling-bench")
            // Neither changes how a query runs: no port is opened, nothing is left behind.
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.log.level", "WARN")
            .config("spark.local.dir", settings.scratch().toString())
            .config("spark.sql.warehouse.dir", settings.scratch().resolve("warehouse").toString());
    options.forEach(builder::config);
    spark = builder.getOrCreate();
  }

  /** Spark as it comes. */
  static SparkEngine withDefaults(EngineSettings settings) {
    return new SparkEngine(settings, Map.of());
  }

  /** Spark as somebody sets it up who knows this machine and this size of data. */
  static SparkEngine tuned(EngineSettings settings) {
    return new SparkEngine(
        settings,
        Map.of(
            "spark.sql.adaptive.enabled", "true",
            // 200 partitions of a few kilobytes each are most of what the defaults cost.
            "spark.sql.shuffle.partitions", String.valueOf(2 * settings.threads()),
            "spark.sql.autoBroadcastJoinThreshold", "64m",
            "spark.sql.files.maxPartitionBytes", "128m",
            "spark.serializer", "org.apache.spark.serializer.KryoSerializer",
            "spark.locality.wait", "0"));
  }

  /** Spark as it comes, with the session extension. */
  static SparkEngine withKindling(EngineSettings settings) {
    return new SparkEngine(
        settings,
        Map.of(
            "spark.sql.extensions",
            "dev.kindling.spark.extension.KindlingExtension",
            "spark.kindling.memory",
            (settings.memoryBytes() >> 20) + "m"));
  }

  @Override
  public String version() {
    return "Spark " + spark.version();
  }

  @Override
  public void register(String table, Path folder) {
    spark.read().parquet(folder.toString()).createOrReplaceTempView(table);
  }

  @Override
  public QueryResult run(String sql) {
    long start = System.nanoTime();
    Dataset<Row> query = spark.sql(sql);
    query.queryExecution().executedPlan();
    long planned = System.nanoTime();
    List<Row> fetched = query.collectAsList();
    long end = System.nanoTime();
    List<String> names = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (StructField field : query.schema().fields()) {
      names.add(field.name());
      types.add(field.dataType().simpleString());
    }
    List<List<String>> rows =
        fetched.stream()
            .map(
                row -> {
                  Object[] values = new Object[names.size()];
                  for (int column = 0; column < values.length; column++) {
                    values[column] = row.get(column);
                  }
                  return Values.texts(values);
                })
            .toList();
    return new QueryResult(
        Optional.of(Duration.ofNanos(planned - start)),
        Duration.ofNanos(end - planned),
        new ResultTable(names, types, rows),
        Optional.of(new Ordering(OutputOrder.keys(query.queryExecution().analyzed()))),
        false);
  }

  @Override
  public Duration convertCsv(Path csv, String schema, Path output) {
    long start = System.nanoTime();
    spark
        .read()
        .schema(schema)
        .option("sep", "|")
        .csv(csv.toString())
        .write()
        .parquet(output.toString());
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Override
  public void close() {
    spark.stop();
  }
}
