package dev.kindling.spark.runner;

import org.apache.spark.QueryContext;
import org.apache.spark.QueryContextType;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.QueryExecution;

/**
 * What differs between the versions of Spark that these classes, compiled for 4.0, run on. No other
 * class may name what one of the versions does not have.
 */
final class SparkVersion {
  private static final boolean BEFORE_4 =
      org.apache.spark.package$.MODULE$.SPARK_VERSION().startsWith("3.");

  private SparkVersion() {}

  /** Whether this is Spark 3.5. */
  static boolean isBefore4() {
    return BEFORE_4;
  }

  /** How Spark runs a query. The class that has it is the one of the name in 3.5 only. */
  static QueryExecution execution(Dataset<Row> rows) {
    try {
      return (QueryExecution) rows.getClass().getMethod("queryExecution").invoke(rows);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Spark's error class; null when an error has none. */
  // Its name in 4.0 is getCondition, which 3.5 does not know.
  @SuppressWarnings("deprecation")
  static String condition(SparkThrowable error) {
    return error.getErrorClass();
  }

  /** Whether a context is a place in SQL text; in 3.5 there is no other kind. */
  static boolean isOfSql(QueryContext context) {
    return BEFORE_4 || context.contextType() == QueryContextType.SQL;
  }
}
