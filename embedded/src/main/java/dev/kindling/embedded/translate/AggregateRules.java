package dev.kindling.embedded.translate;

import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.EvalMode$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ScalarSubquery;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.BitAndAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.BitOrAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.BitXorAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.CollectList;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.First;
import org.apache.spark.sql.catalyst.expressions.aggregate.Last;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.expressions.aggregate.Min;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevPop;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevSamp;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.expressions.aggregate.VariancePop;
import org.apache.spark.sql.catalyst.expressions.aggregate.VarianceSamp;
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

  private static final Map<Class<?>, Builder> RULES =
      Map.ofEntries(
          Map.entry(Count.class, AggregateRules::count),
          Map.entry(Sum.class, AggregateRules::sum),
          Map.entry(Average.class, AggregateRules::average),
          Map.entry(Min.class, (f, a, calls) -> extreme(f, "min", a, calls)),
          Map.entry(Max.class, (f, a, calls) -> extreme(f, "max", a, calls)),
          Map.entry(First.class, (f, a, calls) -> first((First) f, a, calls)),
          Map.entry(Last.class, (f, a, calls) -> last((Last) f, a, calls)),
          Map.entry(CollectList.class, AggregateRules::collectList),
          Map.entry(BitAndAgg.class, (f, a, calls) -> done(calls.call("bit_and", a.get(0)))),
          Map.entry(BitOrAgg.class, (f, a, calls) -> done(calls.call("bit_or", a.get(0)))),
          Map.entry(BitXorAgg.class, (f, a, calls) -> done(calls.call("bit_xor", a.get(0)))),
          Map.entry(StddevSamp.class, (f, a, calls) -> done(calls.call("stddev_samp", a.get(0)))),
          Map.entry(StddevPop.class, (f, a, calls) -> done(calls.call("stddev_pop", a.get(0)))),
          Map.entry(VarianceSamp.class, (f, a, calls) -> done(calls.call("var_samp", a.get(0)))),
          Map.entry(VariancePop.class, (f, a, calls) -> done(calls.call("var_pop", a.get(0)))));

  private AggregateRules() {}

  /** The aggregate, each of its calls with {@code over} around it. */
  static Translation<Sql> translate(
      AggregateExpression e, java.util.function.UnaryOperator<Sql> over, ExpressionTranslator t) {
    AggregateFunction function = e.aggregateFunction();
    Builder builder = RULES.get(function.getClass());
    if (builder == null) {
      return ExpressionTranslator.refuse(
          function,
          RefusalCode.FUNCTION_NOT_SUPPORTED,
          "no exact translation of " + function.prettyName() + " yet");
    }
    boolean anyOrder =
        function instanceof First || function instanceof Last || function instanceof CollectList;
    if (anyOrder && over.apply(new Sql.Star()) instanceof Sql.Star) {
      t.context()
          .notComparable(
              function.prettyName() + " depends on the order of rows, which Spark leaves open");
    }
    Translation<Optional<Sql>> filter =
        Scala.optional(e.filter())
            .map(condition -> t.translate(condition).map(Optional::of))
            .orElse(Translation.done(Optional.empty()));
    return filter.flatMap(
        condition ->
            t.children(function)
                .flatMap(
                    arguments ->
                        builder.build(
                            function,
                            arguments,
                            new AggregateCalls(e.isDistinct(), condition, over))));
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
    return function instanceof StddevSamp
        || function instanceof StddevPop
        || function instanceof VarianceSamp
        || function instanceof VariancePop;
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
    if (sum.evalMode().equals(EvalMode$.MODULE$.TRY())) {
      return refuseTry(f);
    }
    DataType input = sum.child().dataType();
    if (DuckTypes.isFloating(input)) {
      return done(calls.call("sum", Sql.cast(arguments.get(0), "DOUBLE")));
    }
    if (!DuckTypes.isIntegral(input) && !(input instanceof DecimalType)) {
      return refuseType(f, input);
    }
    Sql total = calls.call("sum", arguments.get(0));
    boolean nullOnOverflow =
        input instanceof DecimalType && !sum.evalMode().equals(EvalMode$.MODULE$.ANSI());
    return done(
        nullOnOverflow
            ? new Sql.TryCast(total, type(f.dataType()))
            : Sql.cast(total, type(f.dataType())));
  }

  private static Translation<Sql> average(
      AggregateFunction f, List<Sql> arguments, AggregateCalls calls) {
    Average average = (Average) f;
    if (average.evalMode().equals(EvalMode$.MODULE$.TRY())) {
      return refuseTry(f);
    }
    DataType input = average.child().dataType();
    Sql value = arguments.get(0);
    Sql count = calls.call("count", value);
    if (input instanceof DecimalType decimal) {
      return done(
          decimalAverage(calls.call("sum", value), count, decimal, (DecimalType) f.dataType()));
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
    // No rows: the sum is NULL, and so is the quotient, whatever it is divided by.
    Sql divisor = Sql.call("nullif", Sql.cast(count, "HUGEINT"), Sql.literal("0"));
    return ArithmeticRules.scaled(Sql.call("kindling_half_up", dividend, divisor), result);
  }

  private static Translation<Sql> extreme(
      AggregateFunction f, String name, List<Sql> arguments, AggregateCalls calls) {
    return DuckTypes.isAtomic(f.dataType())
        ? done(calls.call(name, arguments.get(0)))
        : refuseType(f, f.dataType());
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

  private static Translation<Sql> collectList(
      AggregateFunction f, List<Sql> arguments, AggregateCalls calls) {
    Sql value = arguments.get(0);
    Sql list = calls.callWhere(Sql.isNotNull(value), "list", value);
    return done(Sql.call("coalesce", list, Sql.call("list_value")));
  }

  private static Translation<Sql> refuseTry(AggregateFunction f) {
    return ExpressionTranslator.refuse(
        f, RefusalCode.FUNCTION_NOT_SUPPORTED, "no exact translation of TRY aggregates yet");
  }

  private static Translation<Sql> refuseType(AggregateFunction f, DataType type) {
    return ExpressionTranslator.refuse(
        f, RefusalCode.TYPE_NOT_SUPPORTED, f.prettyName() + " of " + type.sql());
  }
}
