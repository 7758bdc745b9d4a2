package dev.kindling.testkit;

import dev.kindling.embedded.EngineFailure;
import dev.kindling.embedded.PreparedQuery;
import dev.kindling.embedded.RowCursor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The rows of one engine, spelt so that they can be compared. */
public final class Answer {
  /** Sums of floats are compared up to this relative difference: Spark itself varies by as much. */
  private static final double TOLERANCE = 1e-9;

  private final StructType schema;
  private final List<CanonicalRow> rows;

  private Answer(StructType schema, List<CanonicalRow> rows) {
    this.schema = schema;
    this.rows = rows;
  }

  /** Reads a cursor of the embedded engine to its end. */
  public static Answer of(RowCursor cursor, StructType schema) {
    List<CanonicalRow> rows = new ArrayList<>();
    while (cursor.next()) {
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < schema.length(); i++) {
        values.add(CanonicalRow.canonical(cursor.value(i)));
      }
      rows.add(new CanonicalRow(values));
    }
    return new Answer(schema, rows);
  }

  /** Runs a query on Spark. */
  public static Answer of(Dataset<Row> query) {
    List<CanonicalRow> rows = new ArrayList<>();
    for (Row row : query.collectAsList()) {
      rows.add(CanonicalRow.of(row));
    }
    return new Answer(query.schema(), rows);
  }

  public int size() {
    return rows.size();
  }

  /** The rows as texts, sorted when they come in no order. */
  List<String> texts(boolean ordered) {
    List<String> texts = new ArrayList<>();
    rows.forEach(row -> texts.add(row.text()));
    if (!ordered) {
      texts.sort(Comparator.naturalOrder());
    }
    return texts;
  }

  /** Spark's error class, or the Java class and message of the cause of an error without one. */
  public static String errorClass(Throwable e) {
    Throwable last = e;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      last = cause;
      if (cause instanceof SparkThrowable spark && spark.getCondition() != null) {
        return spark.getCondition();
      }
    }
    return last.getClass().getName() + ": " + last.getMessage();
  }

  /** Whether DuckDB does not understand a translation: no answer of Spark's excuses that. */
  public static boolean isOurMistake(EngineFailure failure) {
    return failure.getMessage().startsWith("Binder Error")
        || failure.getMessage().startsWith("Parser Error")
        || failure.getMessage().startsWith("Catalog Error")
        || failure.getMessage().startsWith("Not implemented Error");
  }

  /**
   * Compares the embedded engine's answer with Spark's.
   *
   * @param prepared the query, which says what the answers may differ in
   */
  public Comparison compare(PreparedQuery prepared, Answer theirs) {
    return compare(prepared, prepared.ordered(), theirs);
  }

  /**
   * Compares the embedded engine's answer with Spark's where rows with equal sort keys may come in
   * any order.
   *
   * @param keys the places of the columns that the rows are sorted by, as far as they show
   */
  public Comparison compare(PreparedQuery prepared, Answer theirs, List<Integer> keys) {
    Comparison strict = compare(prepared, theirs);
    if (!prepared.ordered() || !(strict instanceof Comparison.Different)) {
      return strict;
    }
    Comparison loose = compare(prepared, false, theirs);
    if (loose instanceof Comparison.Different) {
      return loose;
    }
    if (keys.isEmpty()) {
      return new Comparison.NotComparable("the rows are sorted by what no column shows", false);
    }
    return keys(keys).equals(theirs.keys(keys)) ? loose : strict;
  }

  private List<List<Object>> keys(List<Integer> columns) {
    return rows.stream().map(row -> columns.stream().map(row.values()::get).toList()).toList();
  }

  private Comparison compare(PreparedQuery prepared, boolean ordered, Answer theirs) {
    if (!named(schema).equals(named(theirs.schema))) {
      return new Comparison.Different(
          "schema: Spark %s, embedded %s".formatted(theirs.schema.sql(), schema.sql()));
    }
    if (rows.size() != theirs.rows.size()) {
      return new Comparison.Different(
          "%d rows from Spark, %d from the embedded engine"
              .formatted(theirs.rows.size(), rows.size()));
    }
    List<CanonicalRow> left = withSortedElements(theirs.rows, prepared.unordered());
    List<CanonicalRow> right = withSortedElements(rows, prepared.unordered());
    if (!ordered) {
      Comparator<CanonicalRow> order =
          Comparator.comparing(row -> keyOf(row, prepared.reassociated()));
      left.sort(order);
      right.sort(order);
    }
    if (!ordered && prepared.reassociated().isEmpty() && prepared.notComparable().isEmpty()) {
      return multisets(left, right);
    }
    for (int i = 0; i < left.size(); i++) {
      Optional<String> difference =
          difference(left.get(i), right.get(i), theirs.schema, prepared.reassociated());
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
      key.append(rounded(value));
    }
    return key.toString();
  }

  private static Object rounded(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Answer::rounded).toList();
    }
    return value instanceof Number n ? "%.6e".formatted(n.doubleValue()) : value;
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
    if (left instanceof List<?> some && right instanceof List<?> others) {
      return some.size() == others.size()
          && IntStream.range(0, some.size()).allMatch(i -> isClose(some.get(i), others.get(i)));
    } else if (left instanceof Map<?, ?> some && right instanceof Map<?, ?> others) {
      return some.keySet().equals(others.keySet())
          && some.keySet().stream().allMatch(key -> isClose(some.get(key), others.get(key)));
    } else if (left.equals(right)) {
      return true;
    }
    if (!(left instanceof Number a) || !(right instanceof Number b)) {
      return false;
    }
    double difference = Math.abs(a.doubleValue() - b.doubleValue());
    double size = Math.max(Math.abs(a.doubleValue()), Math.abs(b.doubleValue()));
    // Where large numbers cancel each other out, as in a covariance of nothing, only noise is left.
    return difference <= TOLERANCE * Math.max(1, size);
  }
}
