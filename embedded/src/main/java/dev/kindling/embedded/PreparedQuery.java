package dev.kindling.embedded;

import static java.util.Objects.requireNonNull;

import dev.kindling.embedded.translate.SparkFunction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.StructType;

/**
 * A query that Spark's analyser accepts.
 *
 * @param sql the user's text
 * @param parameters the values of its named parameters, as SQL literals
 * @param schema the result's names and types
 * @param analysed the analysed plan
 * @param refusals why the embedded engine leaves it to Spark; empty when it runs it
 * @param engineSql the query for DuckDB; empty when it is left to Spark
 * @param ordered whether the rows come in an order that the user asked for
 * @param reassociated the places of columns whose last digits depend on the order of floating-point
 *     additions
 * @param unordered the places of columns that are arrays whose elements may come in any order
 * @param notComparable why two right answers may have different rows, but for such an order
 * @param reads the base tables it reads; empty when it is left to Spark
 * @param functions the functions of Spark's code that the query for DuckDB calls
 */
public record PreparedQuery(
    String sql,
    Map<String, String> parameters,
    StructType schema,
    LogicalPlan analysed,
    List<Refusal> refusals,
    Optional<String> engineSql,
    boolean ordered,
    Set<Integer> reassociated,
    Set<Integer> unordered,
    Optional<String> notComparable,
    Set<String> reads,
    Set<SparkFunction> functions) {
  public PreparedQuery {
    requireNonNull(sql, "sql is null");
    parameters = Map.copyOf(parameters);
    requireNonNull(schema, "schema is null");
    requireNonNull(analysed, "analysed is null");
    refusals = List.copyOf(refusals);
    requireNonNull(engineSql, "engineSql is null");
    reassociated = Set.copyOf(reassociated);
    unordered = Set.copyOf(unordered);
    requireNonNull(notComparable, "notComparable is null");
    reads = Set.copyOf(reads);
    functions = Set.copyOf(functions);
  }

  /**
   * The places of the output columns that the query sorts its rows by, the first sort key first. It
   * ends before a key that is no output column.
   */
  public List<Integer> orderedBy() {
    return OutputOrder.keys(analysed);
  }

  /** Whether a LIMIT decides which of the sorted rows there are. */
  public boolean limited() {
    return OutputOrder.isLimited(analysed);
  }

  /** Whether Spark's own code works out a part of it inside the embedded engine. */
  public boolean usesSparkCode() {
    return !functions.isEmpty();
  }

  /** Whether the embedded engine runs it. */
  public boolean translated() {
    return engineSql.isPresent();
  }

  /** Why the values of two right answers may differ one by one; empty when they may not. */
  public Optional<String> mayDiffer() {
    return notComparable.isPresent() || unordered.isEmpty()
        ? notComparable
        : Optional.of("the order of collected elements is left open by Spark");
  }
}
