package dev.kindling.embedded.translate;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;

/**
 * A Catalyst expression to be called by DuckDB as a scalar function.
 *
 * @param name the function's name in SQL
 * @param expression the expression, its arguments bound by position
 * @param arguments the Spark types of the arguments
 * @param result the Spark type of the result
 */
public record SparkFunction(
    String name, Expression expression, List<DataType> arguments, DataType result) {
  public SparkFunction {
    requireNonNull(name, "name is null");
    requireNonNull(expression, "expression is null");
    arguments = List.copyOf(arguments);
    requireNonNull(result, "result is null");
  }
}
