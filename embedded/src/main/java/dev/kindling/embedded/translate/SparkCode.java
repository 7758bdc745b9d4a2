package dev.kindling.embedded.translate;

import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NamedLambdaVariable;
import org.apache.spark.sql.catalyst.expressions.TryEval;
import org.apache.spark.sql.catalyst.expressions.Unevaluable;
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
 * <p>Dates travel as days and timestamps as microseconds, which is how Catalyst holds them; nested
 * and binary values travel as text, see {@link NestedText}.
 */
public final class SparkCode {
  // Enough for the expressions of the queries that a session repeats.
  private static final int KEPT = 512;

  /** What makes two expressions one function: settings may decide what generated code does. */
  private record Key(Expression canonical, Map<String, String> settings) {}

  private final Map<Key, SparkFunction> functions =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, SparkFunction> eldest) {
          return size() > KEPT;
        }
      };
  private int slots;

  Translation<Sql> call(Expression expression, ExpressionTranslator translator) {
    if (!expression.deterministic()) {
      return ExpressionTranslator.refuse(
          expression,
          RefusalCode.NOT_DETERMINISTIC,
          expression.prettyName() + " differs from run to run");
    }
    if (!travels(expression.dataType())) {
      return refuseType(expression, expression.dataType());
    }
    Binding binding = new Binding(translator);
    Translation<Expression> bound =
        expression instanceof TryEval ? binding.inside(expression) : binding.children(expression);
    return bound.flatMap(
        whole -> {
          if (holdsFreeVariable(whole, Set.of())) {
            return ExpressionTranslator.refuse(
                expression,
                RefusalCode.FUNCTION_NOT_SUPPORTED,
                expression.prettyName() + " uses a variable of a lambda around it");
          }
          List<DataType> types = binding.arguments.stream().map(Expression::dataType).toList();
          SparkFunction function =
              functions.computeIfAbsent(
                  new Key(whole.canonicalized(), translator.context().settings()),
                  key -> new SparkFunction(++slots, whole, types, whole.dataType()));
          translator.context().uses(function);
          List<Sql> arguments = new ArrayList<>();
          arguments.add(Sql.literal(Integer.toString(function.slot())));
          for (int i = 0; i < types.size(); i++) {
            arguments.add(outgoing(binding.values.get(i), types.get(i)));
          }
          return Translation.done(
              incoming(new Sql.Call(function.name(), arguments), expression.dataType()));
        });
  }

  private static <T> Translation<T> refuseType(Expression expression, DataType type) {
    return ExpressionTranslator.refuse(
        expression,
        RefusalCode.TYPE_NOT_SUPPORTED,
        "values of type " + type.sql() + " cannot be handed to Spark's code");
  }

  /** Splits an expression into what Spark's code does and the arguments that DuckDB works out. */
  private static final class Binding {
    private final ExpressionTranslator translator;
    private final List<Expression> arguments = new ArrayList<>();
    private final List<Sql> values = new ArrayList<>();
    private final Set<Long> variables = new HashSet<>();

    Binding(ExpressionTranslator translator) {
      this.translator = translator;
    }

    Translation<Expression> children(Expression e) {
      List<Translation<Expression>> children = new ArrayList<>();
      for (Expression child : Scala.<Expression>list(e.children())) {
        children.add(bind(child));
      }
      return Translation.all(children)
          .map(bound -> (Expression) e.withNewChildren(Scala.seq(bound)));
    }

    private Translation<Expression> bind(Expression e) {
      if (e instanceof Literal) {
        return Translation.done(e);
      }
      if (e instanceof LambdaFunction lambda) {
        Scala.<NamedExpression>list(lambda.arguments())
            .forEach(variable -> variables.add(variable.exprId().id()));
        return bind(lambda.function())
            .map(body -> new LambdaFunction(body, lambda.arguments(), lambda.hidden()));
      }
      if (e instanceof NamedLambdaVariable variable && variables.contains(variable.exprId().id())) {
        return Translation.done(e);
      }
      if (e instanceof TryEval) {
        return inside(e);
      }
      if (holdsOwnVariable(e) || isCheaperInside(e)) {
        return isPure(e) ? children(e) : unlisted(e);
      }
      Translation<Expression> argument =
          travels(e.dataType()) ? argument(e) : refuseType(e, e.dataType());
      // What DuckDB cannot work out itself, Spark's code may.
      return argument.fold(
          Translation::done, refusals -> isPure(e) ? children(e) : Translation.refused(refusals));
    }

    // What is tried must not raise before it gets there.
    private Translation<Expression> inside(Expression e) {
      if (!isPure(e) || holdsLambda(e)) {
        return bind(e);
      }
      List<Translation<Expression>> children = new ArrayList<>();
      for (Expression child : Scala.<Expression>list(e.children())) {
        children.add(inside(child));
      }
      return Translation.all(children)
          .map(bound -> (Expression) e.withNewChildren(Scala.seq(bound)));
    }

    private static boolean holdsLambda(Expression e) {
      return Scala.<Expression>list(e.children()).stream()
          .anyMatch(child -> child instanceof LambdaFunction);
    }

    private Translation<Expression> unlisted(Expression e) {
      return ExpressionTranslator.refuse(
          e,
          RefusalCode.FUNCTION_NOT_SUPPORTED,
          "no exact translation of " + e.prettyName() + " inside a lambda yet");
    }

    private Translation<Expression> argument(Expression e) {
      for (int i = 0; i < arguments.size(); i++) {
        if (arguments.get(i).semanticEquals(e)) {
          return Translation.done(new BoundReference(i, e.dataType(), true));
        }
      }
      return translator
          .translate(e)
          .map(
              sql -> {
                arguments.add(e);
                values.add(sql);
                return new BoundReference(arguments.size() - 1, e.dataType(), true);
              });
    }

    private boolean holdsOwnVariable(Expression e) {
      return (e instanceof NamedLambdaVariable variable
              && variables.contains(variable.exprId().id()))
          || Scala.<Expression>list(e.children()).stream().anyMatch(this::holdsOwnVariable);
    }
  }

  /** Whether Spark's code gives the expression anyway, so that its value need not travel. */
  private static boolean isCheaperInside(Expression e) {
    return isPure(e)
        && (isSparkCode(e)
            || readsNestedFromSpark(e)
            || e instanceof CreateArray
            || e instanceof CreateNamedStruct);
  }

  /** Whether a nested value that Spark's code makes is an argument. */
  static boolean readsNestedFromSpark(Expression e) {
    return Scala.<Expression>list(e.children()).stream()
        .anyMatch(child -> isSparkCode(child) && !DuckTypes.isAtomic(child.dataType()));
  }

  private static boolean isSparkCode(Expression e) {
    return RuleTable.find(e).filter(rule -> rule.form() == Rule.Form.SPARK_CODE).isPresent();
  }

  /** Whether an expression is a listed pure function, which Spark may evaluate anywhere. */
  private static boolean isPure(Expression e) {
    return RuleTable.find(e).isPresent()
        && !(e instanceof Unevaluable)
        && !(e instanceof NamedLambdaVariable)
        && InvokeRules.isPure(e);
  }

  private static boolean holdsFreeVariable(Expression e, Set<Long> bound) {
    if (e instanceof NamedLambdaVariable variable) {
      return !bound.contains(variable.exprId().id());
    }
    Set<Long> inner = bound;
    if (e instanceof LambdaFunction lambda) {
      inner = new HashSet<>(bound);
      for (NamedExpression variable : Scala.<NamedExpression>list(lambda.arguments())) {
        inner.add(variable.exprId().id());
      }
    }
    for (Expression child : Scala.<Expression>list(e.children())) {
      if (holdsFreeVariable(child, inner)) {
        return true;
      }
    }
    return false;
  }

  private static boolean travels(DataType type) {
    return DuckTypes.isIntegral(type)
        || DuckTypes.isFloating(type)
        || type instanceof BooleanType
        || isMoment(type)
        || DuckTypes.isInterval(type)
        || ((type instanceof DecimalType || SparkFunction.travelsAsText(type))
            && DuckTypes.of(type).isPresent()
            && !DuckTypes.holdsInterval(type));
  }

  private static boolean isMoment(DataType type) {
    return type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType;
  }

  private static Sql outgoing(Sql value, DataType type) {
    if (type instanceof DateType) {
      return days(value);
    }
    if (isMoment(type)) {
      return Sql.call("epoch_us", value);
    }
    if (type instanceof DecimalType decimal) {
      return Sql.cast(value, travelling(decimal));
    }
    if (SparkFunction.travelsAsText(type) && !(type instanceof StringType)) {
      return NestedText.encode(value, type);
    }
    return Sql.cast(value, DuckTypes.of(type).orElseThrow());
  }

  private static Sql incoming(Sql value, DataType type) {
    if (isMoment(type)) {
      return moment(value, type);
    }
    if (type instanceof DecimalType decimal) {
      String exact = DuckTypes.of(type).orElseThrow();
      return exact.equals(travelling(decimal)) ? value : Sql.cast(value, exact);
    }
    return SparkFunction.travelsAsText(type) && !(type instanceof StringType)
        ? NestedText.decode(value, type)
        : value;
  }

  private static String travelling(DecimalType type) {
    return DuckTypes.of(new DecimalType(SparkFunction.width(type), type.scale())).orElseThrow();
  }

  /** A date as the number of days since 1970. */
  static Sql days(Sql date) {
    return Sql.cast(Sql.infix(date, "-", Sql.literal("DATE '1970-01-01'")), "INTEGER");
  }

  /** A date from days, or a timestamp from microseconds, since 1970. */
  static Sql moment(Sql value, DataType type) {
    if (type instanceof DateType) {
      return Sql.infix(Sql.literal("DATE '1970-01-01'"), "+", value);
    }
    return Sql.call(type instanceof TimestampType ? "make_timestamptz" : "make_timestamp", value);
  }
}
