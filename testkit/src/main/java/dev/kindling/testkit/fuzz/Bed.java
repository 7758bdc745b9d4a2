package dev.kindling.testkit.fuzz;

import dev.kindling.embedded.EngineFailure;
import dev.kindling.embedded.PreparedQuery;
import dev.kindling.embedded.RowCursor;
import dev.kindling.embedded.Source;
import dev.kindling.embedded.SqlException;
import dev.kindling.testkit.Comparison;
import dev.kindling.testkit.LocalSpark;
import dev.kindling.testkit.TwoEngines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Both engines over one set of tables, set up so that a query on Spark costs as little as can be.
 */
final class Bed implements AutoCloseable {
  private static final String LOCAL =
      "org.apache.spark.sql.catalyst.optimizer.ConvertToLocalRelation";

  private final Path folder;
  private final List<Data.Table> tables;
  private TwoEngines engines;
  private Settings settings;

  Bed(Path folder, List<Data.Table> tables) {
    this.folder = folder;
    this.tables = List.copyOf(tables);
    write();
    open();
  }

  private void write() {
    SparkSession spark = LocalSpark.session().newSession();
    for (Data.Table table : tables) {
      Path path = folder.resolve(table.name());
      if (!Files.exists(path)) {
        StructType schema = StructType.fromDDL(table.ddl());
        spark
            .createDataFrame(table.rows().stream().map(Bed::row).toList(), schema)
            .coalesce(1)
            .write()
            .parquet(path.toString());
      }
    }
  }

  private static Row row(List<Object> values) {
    List<Object> converted = new ArrayList<>();
    values.forEach(value -> converted.add(external(value)));
    return RowFactory.create(converted.toArray());
  }

  private static Object external(Object value) {
    if (value instanceof Kind.Fields fields) {
      return RowFactory.create(fields.a(), fields.b());
    }
    return value;
  }

  private void open() {
    engines = TwoEngines.open(folder, Map.of());
    settings = new Settings(true, "America/Los_Angeles");
    SparkSession spark = engines.spark();
    // Queries that raise are part of the work and say so in their result.
    spark.sparkContext().setLogLevel("OFF");
    spark.conf().set("spark.sql.shuffle.partitions", "1");
    spark.conf().set("spark.sql.leafNodeDefaultParallelism", "1");
    cheap();
    for (Data.Table table : tables) {
      Path path = folder.resolve(table.name());
      engines.embedded().offer(table.name(), new Source.Parquet(path));
      var read = spark.read().parquet(path.toString());
      // Rows in the plan itself need no job for a projection.
      spark
          .createDataFrame(read.collectAsList(), read.schema())
          .createOrReplaceTempView(table.name());
    }
  }

  /** Nothing is compiled, in either engine: for tables of a few rows that costs most. */
  private void cheap() {
    engines.set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    engines.spark().conf().set("spark.sql.codegen.wholeStage", "false");
    engines.spark().conf().set("spark.sql.optimizer.excludedRules", "");
  }

  /** Spark's code as it runs large tables: compiled, nothing worked out while planning. */
  private void thorough() {
    engines.set("spark.sql.codegen.factoryMode", "FALLBACK");
    engines.spark().conf().set("spark.sql.codegen.wholeStage", "true");
    engines.spark().conf().set("spark.sql.optimizer.excludedRules", LOCAL);
  }

  /** Fresh engines over the same files: functions and caches of the old ones go. */
  void renew() {
    engines.close();
    open();
  }

  TwoEngines engines() {
    return engines;
  }

  void use(Settings wanted) {
    if (!wanted.equals(settings)) {
      engines.set("spark.sql.ansi.enabled", String.valueOf(wanted.ansi()));
      engines.set("spark.sql.session.timeZone", wanted.zone());
      settings = wanted;
    }
  }

  /** Analyses and translates; throws {@link SqlException} when Spark's analyser refuses it. */
  PreparedQuery prepare(String sql) {
    return engines.embedded().prepare(sql, Map.of());
  }

  Comparison compare(PreparedQuery query) {
    return engines.compare(query);
  }

  Settings settings() {
    return settings;
  }

  /** Whether the embedded engine gives all rows of a query without raising. */
  boolean runs(PreparedQuery query) {
    try (RowCursor rows = engines.embedded().rows(query)) {
      while (rows.next()) {
        // Rows are worked out when they are asked for.
      }
      return true;
    } catch (EngineFailure e) {
      return false;
    }
  }

  /** The same with Spark's compiled code. */
  Comparison compareCompiled(String sql) {
    thorough();
    try {
      return engines.compare(sql);
    } finally {
      cheap();
    }
  }

  @Override
  public void close() {
    engines.close();
  }
}
