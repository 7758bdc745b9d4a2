package dev.kindling.testkit;

import dev.kindling.embedded.EmbeddedOptions;
import dev.kindling.embedded.EmbeddedSession;
import dev.kindling.embedded.EngineFailure;
import dev.kindling.embedded.PreparedQuery;
import dev.kindling.embedded.Registration;
import dev.kindling.embedded.RowCursor;
import dev.kindling.embedded.Source;
import dev.kindling.embedded.SqlException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;

/** Runs the same query in the embedded engine and in Spark, and compares everything about them. */
public final class TwoEngines implements AutoCloseable {
  private final EmbeddedSession embedded;
  private final SparkSession spark;

  private TwoEngines(EmbeddedSession embedded, SparkSession spark) {
    this.embedded = embedded;
    this.spark = spark;
  }

  /**
   * Opens both engines with the same settings. The Spark session is this JVM's only one and stays
   * open; its views and settings are its own.
   */
  public static TwoEngines open(Path scratch, Map<String, String> conf) {
    Map<String, String> settings = new HashMap<>(conf);
    settings.putIfAbsent("spark.sql.session.timeZone", "America/Los_Angeles");
    settings.putIfAbsent("spark.sql.ansi.enabled", "true");
    SparkSession session = LocalSpark.session().newSession();
    settings.forEach((key, value) -> session.conf().set(key, value));
    return new TwoEngines(
        EmbeddedSession.open(
            new EmbeddedOptions(OptionalLong.empty(), scratch.resolve("spill"), 2, settings)),
        session);
  }

  public EmbeddedSession embedded() {
    return embedded;
  }

  public SparkSession spark() {
    return spark;
  }

  /** Makes a Parquet file or folder known to both engines. */
  public void parquet(String name, Path path) {
    embedded.offer(name, new Source.Parquet(path));
    spark.read().parquet(path.toString()).createOrReplaceTempView(name);
  }

  /**
   * Makes CSV files with a declared schema known to both engines; what becomes of bad records says
   * the option {@code mode}.
   */
  public Registration csv(String name, Path path, String ddl, Map<String, String> options) {
    Registration registration =
        embedded.register(name, new Source.Csv(path, ddl, options, Source.BadRecords.PERMISSIVE));
    spark.read().schema(ddl).options(options).csv(path.toString()).createOrReplaceTempView(name);
    return registration;
  }

  /** Sets a setting in both engines. */
  public void set(String key, String value) {
    embedded.setConf(key, value);
    spark.conf().set(key, value);
  }

  /** Runs a query on both engines. */
  public Comparison compare(String sql) {
    PreparedQuery prepared;
    try {
      prepared = embedded.prepare(sql, Map.of());
    } catch (SqlException e) {
      return bothFail(sql, e.errorClass());
    }
    return compare(prepared);
  }

  /** Runs a query that the embedded engine has prepared on both engines. */
  public Comparison compare(PreparedQuery prepared) {
    if (!prepared.translated()) {
      return new Comparison.Refused(prepared.refusals());
    }
    String sql = prepared.sql();
    Answer ours;
    try (RowCursor cursor = embedded.rows(prepared)) {
      ours = Answer.of(cursor, prepared.schema());
    } catch (EngineFailure e) {
      return afterFailure(sql, e);
    }
    Answer theirs;
    try {
      theirs = Answer.of(spark.sql(sql));
    } catch (Exception e) {
      return new Comparison.Different(
          "Spark fails where the embedded engine gives %d rows: %s"
              .formatted(ours.size(), Answer.errorClass(e)));
    }
    return ours.compare(prepared, theirs);
  }

  private Comparison bothFail(String sql, String errorClass) {
    try {
      Answer.of(spark.sql(sql));
      return new Comparison.Different("only the embedded engine's analyser fails: " + errorClass);
    } catch (Exception e) {
      return Answer.errorClass(e).equals(errorClass)
          ? new Comparison.BothFail(errorClass)
          : new Comparison.Different(
              "Spark fails with %s, the embedded analyser with %s"
                  .formatted(Answer.errorClass(e), errorClass));
    }
  }

  private Comparison afterFailure(String sql, EngineFailure failure) {
    if (failure.reason() != EngineFailure.Reason.RAISED) {
      return new Comparison.Different(failure.reason() + ": " + failure.getMessage());
    }
    if (Answer.isOurMistake(failure)) {
      return new Comparison.Different("DuckDB cannot run the translation: " + failure.getMessage());
    }
    try {
      Answer.of(spark.sql(sql));
      return new Comparison.Reruns(failure.getMessage());
    } catch (Exception e) {
      return new Comparison.BothFail(Answer.errorClass(e));
    }
  }

  /** The rows that the embedded engine gives, as texts; sorted when no order was asked for. */
  public List<String> embeddedRows(PreparedQuery prepared) {
    try (RowCursor cursor = embedded.rows(prepared)) {
      return Answer.of(cursor, prepared.schema()).texts(prepared.ordered());
    }
  }

  @Override
  public void close() {
    embedded.close();
  }
}
