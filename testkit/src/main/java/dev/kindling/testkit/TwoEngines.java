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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Runs the same query in the embedded engine and in Spark, and compares everything about them. */
public final class TwoEngines implements AutoCloseable {
  /** Sums of floats are compared up to this relative difference: Spark itself varies by as much. */
  private static final double TOLERANCE = 1e-9;

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

  private record Result(StructType schema, List<CanonicalRow> rows) {}

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
    Result ours;
    try {
      ours = run(prepared);
    } catch (EngineFailure e) {
      return afterFailure(sql, e);
    }
    Result theirs;
    try {
      theirs = runOnSpark(sql);
    } catch (Exception e) {
      return new Comparison.Different(
          "Spark fails where the embedded engine gives %d rows: %s"
              .formatted(ours.rows().size(), errorClass(e)));
    }
    return compare(prepared, ours, theirs);
  }

  private Comparison bothFail(String sql, String errorClass) {
    try {
      runOnSpark(sql);
      return new Comparison.Different("only the embedded engine's analyser fails: " + errorClass);
    } catch (Exception e) {
      return errorClass(e).equals(errorClass)
          ? new Comparison.BothFail(errorClass)
          : new Comparison.Different(
              "Spark fails with %s, the embedded analyser with %s"
                  .formatted(errorClass(e), errorClass));
    }
  }

  private Comparison afterFailure(String sql, EngineFailure failure) {
    if (failure.reason() != EngineFailure.Reason.RAISED) {
      return new Comparison.Different(failure.reason() + ": " + failure.getMessage());
    }
    boolean ourMistake =
        failure.getMessage().startsWith("Binder Error")
            || failure.getMessage().startsWith("Parser Error")
            || failure.getMessage().startsWith("Catalog Error")
            || failure.getMessage().startsWith("Not implemented Error");
    if (ourMistake) {
      return new Comparison.Different("DuckDB cannot run the translation: " + failure.getMessage());
    }
    try {
      runOnSpark(sql);
      return new Comparison.Reruns(failure.getMessage());
    } catch (Exception e) {
      return new Comparison.BothFail(errorClass(e));
    }
  }

  private static String errorClass(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable spark && spark.getCondition() != null) {
        return spark.getCondition();
      }
    }
    return e.getClass().getName() + ": " + e.getMessage();
  }

  private Result run(PreparedQuery prepared) {
    List<CanonicalRow> rows = new ArrayList<>();
    try (RowCursor cursor = embedded.rows(prepared)) {
      while (cursor.next()) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < prepared.schema().length(); i++) {
          values.add(CanonicalRow.canonical(cursor.value(i)));
        }
        rows.add(new CanonicalRow(values));
      }
    }
    return new Result(prepared.schema(), rows);
  }

  /** The rows that the embedded engine gives, as texts; sorted when no order was asked for. */
  public List<String> embeddedRows(PreparedQuery prepared) {
    List<String> texts = new ArrayList<>();
    run(prepared).rows().forEach(row -> texts.add(row.text()));
    if (!prepared.ordered()) {
      texts.sort(Comparator.naturalOrder());
    }
    return texts;
  }

  private Result runOnSpark(String sql) {
    var dataset = spark.sql(sql);
    List<CanonicalRow> rows = new ArrayList<>();
    for (Row row : dataset.collectAsList()) {
      rows.add(CanonicalRow.of(row));
    }
    return new Result(dataset.schema(), rows);
  }

  private static Comparison compare(PreparedQuery prepared, Result ours, Result theirs) {
    if (!named(ours.schema()).equals(named(theirs.schema()))) {
      return new Comparison.Different(
          "schema: Spark %s, embedded %s".formatted(theirs.schema().sql(), ours.schema().sql()));
    }
    if (ours.rows().size() != theirs.rows().size()) {
      return new Comparison.Different(
          "%d rows from Spark, %d from the embedded engine"
              .formatted(theirs.rows().size(), ours.rows().size()));
    }
    List<CanonicalRow> left = withSortedElements(theirs.rows(), prepared.unordered());
    List<CanonicalRow> right = withSortedElements(ours.rows(), prepared.unordered());
    if (!prepared.ordered()) {
      Comparator<CanonicalRow> order =
          Comparator.comparing(row -> keyOf(row, prepared.reassociated()));
      left.sort(order);
      right.sort(order);
    }
    if (!prepared.ordered()
        && prepared.reassociated().isEmpty()
        && prepared.notComparable().isEmpty()) {
      return multisets(left, right);
    }
    for (int i = 0; i < left.size(); i++) {
      Optional<String> difference =
          difference(left.get(i), right.get(i), theirs.schema(), prepared.reassociated());
      if (difference.isPresent()) {
        return prepared.notComparable().isPresent()
            ? new Comparison.NotComparable(prepared.notComparable().get(), false)
            : new Comparison.Different("row " + i + ": " + difference.get());
      }
    }
    if (prepared.notComparable().isPresent()) {
      return new Comparison.NotComparable(prepared.notComparable().get(), true);
    }
    return new Comparison.Equal(left.size(), !prepared.reassociated().isEmpty());
  }

  /** Exact rows in no order: the first that only one side has. */
  private static Comparison multisets(List<CanonicalRow> left, List<CanonicalRow> right) {
    List<CanonicalRow> missing = new ArrayList<>(left);
    List<CanonicalRow> extra = new ArrayList<>();
    Map<CanonicalRow, Integer> counts = new HashMap<>();
    left.forEach(row -> counts.merge(row, 1, Integer::sum));
    for (CanonicalRow row : right) {
      if (counts.merge(row, -1, Integer::sum) < 0) {
        extra.add(row);
      }
    }
    if (extra.isEmpty()) {
      return new Comparison.Equal(left.size(), false);
    }
    missing.removeIf(row -> counts.get(row) <= 0);
    return new Comparison.Different(
        "%d rows differ; only from Spark: %s; only from the embedded engine: %s"
            .formatted(extra.size(), missing.get(0).text(), extra.get(0).text()));
  }

  // Collected elements come in any order: the same elements are the same value.
  private static List<CanonicalRow> withSortedElements(
      List<CanonicalRow> rows, Set<Integer> columns) {
    List<CanonicalRow> sorted = new ArrayList<>();
    for (CanonicalRow row : rows) {
      List<Object> values = new ArrayList<>(row.values());
      for (int column : columns) {
        if (values.get(column) instanceof List<?> list) {
          List<Object> elements = new ArrayList<>(list);
          elements.sort(Comparator.comparing(String::valueOf));
          values.set(column, elements);
        }
      }
      sorted.add(new CanonicalRow(values));
    }
    return sorted;
  }

  /** The schema's text; the numbers that a session gives to expressions may be in names. */
  private static String named(StructType schema) {
    return schema.sql().replaceAll("#[0-9]+", "");
  }

  private static String keyOf(CanonicalRow row, Set<Integer> reassociated) {
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < row.values().size(); i++) {
      if (!reassociated.contains(i)) {
        key.append(row.values().get(i)).append('\u0001');
      }
    }
    for (int i : reassociated.stream().sorted().toList()) {
      Object value = row.values().get(i);
      key.append(value instanceof Number n ? "%.6e".formatted(n.doubleValue()) : value);
    }
    return key.toString();
  }

  private static Optional<String> difference(
      CanonicalRow left, CanonicalRow right, StructType schema, Set<Integer> reassociated) {
    for (int i = 0; i < left.values().size(); i++) {
      Object expected = left.values().get(i);
      Object found = right.values().get(i);
      boolean same =
          expected.equals(found) || (reassociated.contains(i) && isClose(expected, found));
      if (!same) {
        return Optional.of(
            "column %s: Spark %s, embedded %s (row %s)"
                .formatted(schema.fieldNames()[i], expected, found, left.text()));
      }
    }
    return Optional.empty();
  }

  private static boolean isClose(Object left, Object right) {
    if (!(left instanceof Number a) || !(right instanceof Number b)) {
      return false;
    }
    double difference = Math.abs(a.doubleValue() - b.doubleValue());
    double size = Math.max(Math.abs(a.doubleValue()), Math.abs(b.doubleValue()));
    return difference <= TOLERANCE * size || difference < 1e-12;
  }

  @Override
  public void close() {
    embedded.close();
  }
}
