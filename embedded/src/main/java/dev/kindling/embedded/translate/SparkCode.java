package dev.kindling.embedded.translate;

import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.ElementAt;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Size;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Spark's own code inside DuckDB: an expression whose arguments DuckDB works out, and whose value
 * Catalyst's generated code gives. Exact by construction, at a price for each row. Neighbouring
 * expressions of this kind become one function.
 *
 * <p>Dates travel as days and timestamps as microseconds, which is how Catalyst holds them.
 */
public final class SparkCode {
  private final Map<String, SparkFunction> functions = new LinkedHashMap<>();
  private final Map<Expression, SparkFunction> byExpression = new LinkedHashMap<>();

  /** The functions that the statements translated so far call. */
  public Collection<SparkFunction> functions() {
    return List.copyOf(functions.values());
  }

  Translation<Sql> call(Expression expression, ExpressionTranslator translator) {
    List<Expression> arguments = new ArrayList<>();
    Optional<Expression> bound = bindChildren(expression, arguments);
    if (bound.isEmpty() || !travels(expression.dataType())) {
      return ExpressionTranslator.refuse(
          expression,
          RefusalCode.TYPE_NOT_SUPPORTED,
          expression.prettyName()
              + " on these types needs Spark's code over nested or binary values");
    }
    SparkFunction function =
        byExpression.computeIfAbsent(
            bound.get().canonicalized(), e -> define(bound.get(), arguments));
    List<Translation<Sql>> values = new ArrayList<>();
    for (Expression argument : arguments) {
      values.add(translator.translate(argument).map(sql -> outgoing(sql, argument.dataType())));
    }
    return Translation.all(values)
        .map(sql -> incoming(new Sql.Call(function.name(), sql), expression.dataType()));
  }

  private SparkFunction define(Expression bound, List<Expression> arguments) {
    String name =
        "spark_%s_%d"
            .formatted(
                bound.prettyName().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_"),
                functions.size() + 1);
    SparkFunction function =
        new SparkFunction(
            name, bound, arguments.stream().map(Expression::dataType).toList(), bound.dataType());
    functions.put(name, function);
    return function;
  }

  private static Optional<Expression> bindChildren(Expression e, List<Expression> arguments) {
    List<Expression> children = new ArrayList<>();
    for (Expression child : Scala.<Expression>list(e.children())) {
      Optional<Expression> bound = bind(child, arguments);
      if (bound.isEmpty()) {
        return Optional.empty();
      }
      children.add(bound.get());
    }
    return Optional.of((Expression) e.withNewChildren(Scala.seq(children)));
  }

  private static Optional<Expression> bind(Expression e, List<Expression> arguments) {
    if (e instanceof Literal) {
      return Optional.of(e);
    }
    boolean sparkCode =
        RuleTable.find(e).filter(rule -> rule.form() == Rule.Form.SPARK_CODE).isPresent();
    // A cast may lead to a type that cannot be an argument: then it is done on Spark's side too.
    boolean stays = e instanceof Cast || e instanceof ElementAt || e instanceof Size;
    if ((sparkCode && InvokeRules.isPure(e)) || (stays && !travels(e.dataType()))) {
      return bindChildren(e, arguments);
    }
    if (!travels(e.dataType())) {
      return Optional.empty();
    }
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).semanticEquals(e)) {
        return Optional.of(new BoundReference(i, e.dataType(), true));
      }
    }
    arguments.add(e);
    return Optional.of(new BoundReference(arguments.size() - 1, e.dataType(), true));
  }

  private static boolean travels(DataType type) {
    return DuckTypes.isIntegral(type)
        || DuckTypes.isFloating(type)
        || type instanceof BooleanType
        || type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType
        || ((type instanceof DecimalType || type instanceof StringType)
            && DuckTypes.of(type).isPresent());
  }

  private static Sql outgoing(Sql value, DataType type) {
    if (type instanceof DateType) {
      return Sql.cast(Sql.infix(value, "-", Sql.literal("DATE '1970-01-01'")), "INTEGER");
    }
    if (type instanceof TimestampType || type instanceof TimestampNTZType) {
      return Sql.call("epoch_us", value);
    }
    return Sql.cast(value, DuckTypes.of(type).orElseThrow());
  }

  private static Sql incoming(Sql value, DataType type) {
    if (type instanceof DateType) {
      return Sql.infix(Sql.literal("DATE '1970-01-01'"), "+", value);
    }
    if (type instanceof TimestampType) {
      return Sql.call("make_timestamptz", value);
    }
    if (type instanceof TimestampNTZType) {
      return Sql.call("make_timestamp", value);
    }
    return value;
  }
}
