package dev.kindling.embedded.translate;

import static java.util.Objects.requireNonNull;

import dev.kindling.embedded.types.DuckTypes;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StringType;

/**
 * A Catalyst expression to be called by DuckDB. There is one DuckDB function for each signature,
 * whose first argument, the slot, says which expression is meant: DuckDB cannot forget a function.
 *
 * @param slot the expression's number, unique in a session
 * @param expression the expression, its arguments bound by position
 * @param arguments the Spark types of the arguments
 * @param result the Spark type of the result
 */
public record SparkFunction(
    int slot, Expression expression, List<DataType> arguments, DataType result) {
  public SparkFunction {
    requireNonNull(expression, "expression is null");
    arguments = List.copyOf(arguments);
    requireNonNull(result, "result is null");
  }

  /** The name of the DuckDB function for this signature. */
  public String name() {
    StringBuilder name = new StringBuilder("spark");
    arguments.forEach(type -> name.append('_').append(word(type)));
    return name.append("_to_").append(word(result)).toString();
  }

  private static String word(DataType type) {
    return travelsAsText(type)
        ? "text"
        : type instanceof DecimalType decimal
            ? "decimal" + width(decimal) + "s" + decimal.scale()
            : type.typeName().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "");
  }

  /** Whether values of the type are text on their way between the engines. */
  public static boolean travelsAsText(DataType type) {
    return type instanceof StringType || type instanceof BinaryType || !DuckTypes.isAtomic(type);
  }

  /** The digits with which a decimal travels: few widths make few signatures. */
  public static int width(DecimalType type) {
    return type.precision() <= 18 ? 18 : 38;
  }
}
