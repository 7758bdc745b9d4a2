package dev.kindling.embedded.translate;

import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.EvalMode$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ScalarSubquery;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.BitAndAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.BitOrAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.BitXorAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.First;
import org.apache.spark.sql.catalyst.expressions.aggregate.HyperLogLogPlusPlus;
import org.apache.spark.sql.catalyst.expressions.aggregate.Last;
import org.apache.spark.sql.catalyst.expressions.aggregate.ListAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.expressions.aggregate.MaxBy;
import org.apache.spark.sql.catalyst.expressions.aggregate.Min;
import org.apache.spark.sql.catalyst.expressions.aggregate.MinBy;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.LongType;

/** Aggregate functions, in groups and in windows. */
final class AggregateRules {

  /** How one aggregate function is translated; the arguments are translated already. */
  interface Builder {
    Translation<Sql> build(AggregateFunction function, List<Sql> arguments, AggregateCalls calls);
  }

  private static final Map<Class<?>, Builder> RULES = new HashMap<>();

  static {
    RULES.put(Count.class, AggregateRules::count);
    RULES.put(Sum.class, AggregateRules::sum);
    RULES.put(Average.class, AggregateRules::average);
    RULES.put(Min.class, (f, a, calls) -> extreme(f, "min", a, calls));
    RULES.put(Max.class, (f, a, calls) -> extreme(f, "max", a, calls));
    RULES.put(First.class, (f, a, calls) -> first((First) f, a, calls));
    RULES.put(Last.class, (f, a, calls) -> last((Last) f, a, calls));
    RULES.put(BitAndAgg.class, (f, a, calls) -> done(calls.call("bit_and", a.get(0))));
    RULES.put(BitOrAgg.class, (f, a, calls) -> done(calls.call("bit_or", a.get(0))));
    RULES.put(BitXorAgg.class, (f, a, calls) -> done(calls.call("bit_xor", a.get(0))));
    for (Map<Class<?>, Builder> family :
        List.of(StatisticRules.RULES, PercentileRules.RULES, CollectingRules.RULES)) {
      family.forEach(
          (type, builder) -> {
            if (RULES.put(type, builder) != null) {
              throw new IllegalStateException("two rules for " + type.getName());
            }
          });
    }
  }

  private AggregateRules() {}

  /** The aggregate, each of its calls with {@code over} around it. */
  static Translation<Sql> translate(
      AggregateExpression e, java.util.function.UnaryOperator<Sql> over, ExpressionTranslator t) {
    AggregateFunction function = e.aggregateFunction();
    if (function instanceof HyperLogLogPlusPlus sketch) {
      return filter(e, t)
          .flatMap(
              condition ->
                  DistinctEstimates.of(sketch, new AggregateCalls(false, condition, over), t));
    }
    Builder builder = RULES.get(function.getClass());
    if (builder == null) {
      return ExpressionTranslator.refuse(
          function,
          RefusalCode.FUNCTION_NOT_SUPPORTED,
          "no exact translation of " + function.prettyName() + " yet");
    }
    // The parts of a list are sorted by themselves where they are distinct: Spark insists on it.
    boolean pairs =
        function.children().size() > 1
            && !(function instanceof Count)
            && !(function instanceof ListAgg);
    if (e.isDistinct() && pairs) {
      return ExpressionTranslator.refuse(
          function,
          RefusalCode.FUNCTION_NOT_SUPPORTED,
          function.prettyName() + " of DISTINCT pairs has no exact translation yet");
    }
    if (over.apply(new Sql.Star()) instanceof Sql.Star) {
      leftOpen(function).ifPresent(t.context()::notComparable);
    }
    return filter(e, t)
        .flatMap(
            condition ->
                t.all(arguments(function))
                    .flatMap(
                        arguments ->
                            builder.build(
                                function,
                                arguments,
                                new AggregateCalls(e.isDistinct(), condition, over))));
  }

  private static Translation<Optional<Sql>> filter(AggregateExpression e, ExpressionTranslator t) {
    return Scala.optional(e.filter())
        .map(condition -> t.translate(condition).map(Optional::of))
        .orElse(Translation.done(Optional.empty()));
  }

  private static List<Expression> arguments(AggregateFunction function) {
    List<Expression> arguments = new ArrayList<>();
    for (Expression child : Scala.<Expression>list(function.children())) {
      arguments.add(child instanceof SortOrder order ? order.child() : child);
    }
    return arguments;
  }

  /** Why two right answers may differ; empty when they may not. */
  private static Optional<String> leftOpen(AggregateFunction function) {
    if (function instanceof First
        || function instanceof Last
        || (function instanceof ListAgg list && !CollectingRules.isOrdered(list))) {
      return Optional.of(
          function.prettyName() + " depends on the order of rows, which Spark leaves open");
    }
    return function instanceof MaxBy || function instanceof MinBy
        ? Optional.of(function.prettyName() + " may give the value of any of the rows that tie")
        : Optional.empty();
  }

  /** Whether an expression's own last digits depend on the order in which rows are added up. */
  static boolean reassociates(Expression e) {
    if (e instanceof ScalarSubquery subquery) {
      return DuckTypes.holdsFloating(e.dataType()) && reassociates(subquery.plan());
    }
    if (!(e instanceof AggregateExpression aggregate)) {
      return false;
    }
    AggregateFunction function = aggregate.aggregateFunction();
    if (function instanceof Sum sum) {
      return DuckTypes.isFloating(sum.child().dataType());
    }
    if (function instanceof Average average) {
      // Spark adds whole numbers up as doubles too, which rounds beyond 2^53.
      DataType type = average.child().dataType();
      return DuckTypes.isFloating(type) || type instanceof LongType;
    }
    return StatisticRules.reassociates(function);
  }

  private static boolean reassociates(LogicalPlan plan) {
    return Scala.<Expression>list(plan.expressions()).stream().anyMatch(AggregateRules::anywhere)
        || Scala.<LogicalPlan>list(plan.children()).stream().anyMatch(AggregateRules::reassociates);
  }

  private static boolean anywhere(Expression e) {
    return reassociates(e)
        || Scala.<Expression>list(e.children()).stream().anyMatch(AggregateRules::anywhere);
  }

  private static Translation<Sql> done(Sql sql) {
    return Translation.done(sql);
  }

  private static String type(DataType type) {
    return DuckTypes.of(type).orElseThrow();
  }

  private static Translation<Sql> count(
      AggregateFunction f, List<Sql> arguments, AggregateCalls calls) {
    List<Expression> children = Scala.list(f.children());
    boolean rows = !calls.distinct() && children.stream().noneMatch(Expression::nullable);
    if (rows) {
      return done(calls.call("count", new Sql.Star()));
    }
    if (arguments.size() == 1) {
      return done(calls.call("count", arguments.get(0)));
    }
    if (Nulls.constantIn(f.children())) {
      return ExpressionTranslator.refuse(
          f, RefusalCode.FUNCTION_NOT_SUPPORTED, "count of a constant NULL beside other values");
    }
    // Spark counts rows in which no argument is NULL.
    Sql present =
        arguments.stream()
            .map(Sql::isNotNull)
            .reduce((l, r) -> Sql.infix(l, "AND", r))
            .orElseThrow();
    return done(
        calls.distinct()
            ? calls.callWhere(present, "count", new Sql.Call("row", arguments))
            : calls.callWhere(present, "count", new Sql.Star()));
  }

  private static Translation<Sql> sum(
      AggregateFunction f, List<Sql> arguments, AggregateCalls calls) {
    Sum sum = (Sum) f;
    boolean attempt = sum.evalMode().equals(EvalMode$.MODULE$.TRY());
    DataType input = sum.child().dataType();
    if (DuckTypes.isFloating(input)) {
      return done(calls.call("sum", Sql.cast(arguments.get(0), "DOUBLE")));
    }
    boolean interval = DuckTypes.isInterval(input);
    if (!DuckTypes.isIntegral(input) && !(input instanceof DecimalType) && !interval) {
      return refuseType(f, input);
    }
    if (attempt) {
      return done(AttemptedSums.of(arguments.get(0), input, f.dataType(), calls));
    }
    Sql total = calls.call("sum", arguments.get(0));
    String type = type(f.dataType());
    if (interval || sum.evalMode().equals(EvalMode$.MODULE$.ANSI())) {
      return done(Sql.cast(total, type));
    }
    // Outside ANSI mode a sum of whole numbers wraps around; one of decimals is NULL.
    return done(
        input instanceof DecimalType
            ? new Sql.TryCast(total, type)
            : Sql.call("kindling_wrap_64", total));
  }

  private static Translation<Sql> average(
      AggregateFunction f, List<Sql> arguments, AggregateCalls calls) {
    Average average = (Average) f;
    boolean attempt = average.evalMode().equals(EvalMode$.MODULE$.TRY());
    DataType input = average.child().dataType();
    Sql value = arguments.get(0);
    Sql count = calls.call("count", value);
    if (input instanceof DecimalType decimal) {
      Sql sum =
          attempt
              ? AttemptedSums.of(value, input, AttemptedSums.total(decimal), calls)
              : calls.call("sum", value);
      return done(decimalAverage(sum, count, decimal, (DecimalType) f.dataType()));
    }
    if (DuckTypes.isInterval(input)) {
      Sql sum =
          attempt
              ? AttemptedSums.of(value, input, f.dataType(), calls)
              : Sql.cast(calls.call("sum", value), type(f.dataType()));
      return done(Sql.cast(roundedHalfUp(Sql.cast(sum, "HUGEINT"), count), type(f.dataType())));
    }
    if (!DuckTypes.isIntegral(input) && !DuckTypes.isFloating(input)) {
      return refuseType(f, input);
    }
    Sql sum = calls.call("sum", DuckTypes.isFloating(input) ? Sql.cast(value, "DOUBLE") : value);
    return done(Sql.infix(Sql.cast(sum, "DOUBLE"), "/", count));
  }

  /**
   * Spark averages decimals of up to 11 digits through doubles (its rule DecimalAggregates), and
   * longer ones as an exact quotient rounded half up.
   */
  private static Sql decimalAverage(Sql sum, Sql count, DecimalType input, DecimalType result) {
    Sql digits = ArithmeticRules.unscaled(sum, input.scale());
    if (input.precision() + 4 <= 15) {
      Sql mean = Sql.infix(Sql.cast(digits, "DOUBLE"), "/", count);
      Sql scaled = Sql.infix(mean, "/", Sql.cast(ArithmeticRules.power(input.scale()), "DOUBLE"));
      return Sql.cast(Sql.cast(scaled, "VARCHAR"), type(result));
    }
    Sql dividend =
        Sql.infix(
            digits,
            "*",
            Sql.cast(ArithmeticRules.power(result.scale() - input.scale()), "HUGEINT"));
    return ArithmeticRules.scaled(roundedHalfUp(dividend, count), result);
  }

  private static Sql roundedHalfUp(Sql dividend, Sql count) {
    // No rows: the sum is NULL, and so is the quotient, whatever it is divided by.
    Sql divisor = Sql.call("nullif", Sql.cast(count, "HUGEINT"), Sql.literal("0"));
    return Sql.call("kindling_half_up", dividend, divisor);
  }

  private static Translation<Sql> extreme(
      AggregateFunction f, String name, List<Sql> arguments, AggregateCalls calls) {
    Sql value = arguments.get(0);
    if (!ExpressionTranslator.holdsNulls(f.dataType())) {
      return done(calls.call(name, value));
    }
    return NestedOrder.key(value, f.dataType())
        .map(key -> calls.callWhere(Sql.isNotNull(value), "arg_" + name + "_null", value, key));
  }

  private static Translation<Sql> first(First f, List<Sql> arguments, AggregateCalls calls) {
    return done(
        f.ignoreNulls()
            ? calls.callWhere(Sql.isNotNull(arguments.get(0)), "first", arguments.get(0))
            : calls.call("first", arguments.get(0)));
  }

  private static Translation<Sql> last(Last f, List<Sql> arguments, AggregateCalls calls) {
    return done(
        f.ignoreNulls()
            ? calls.callWhere(Sql.isNotNull(arguments.get(0)), "last", arguments.get(0))
            : calls.call("last", arguments.get(0)));
  }

  private static Translation<Sql> refuseType(AggregateFunction f, DataType type) {
    return ExpressionTranslator.refuse(
        f, RefusalCode.TYPE_NOT_SUPPORTED, f.prettyName() + " of " + type.sql());
  }
}
