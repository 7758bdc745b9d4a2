package dev.kindling.embedded.translate;

import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.translate.AggregateRules.Builder;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.CentralMomentAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.Corr;
import org.apache.spark.sql.catalyst.expressions.aggregate.CovPopulation;
import org.apache.spark.sql.catalyst.expressions.aggregate.CovSample;
import org.apache.spark.sql.catalyst.expressions.aggregate.Covariance;
import org.apache.spark.sql.catalyst.expressions.aggregate.Kurtosis;
import org.apache.spark.sql.catalyst.expressions.aggregate.PearsonCorrelation;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrIntercept;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrR2;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrReplacement;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrSXY;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrSlope;
import org.apache.spark.sql.catalyst.expressions.aggregate.Skewness;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevPop;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevSamp;
import org.apache.spark.sql.catalyst.expressions.aggregate.VariancePop;
import org.apache.spark.sql.catalyst.expressions.aggregate.VarianceSamp;
import org.apache.spark.sql.internal.SQLConf;

/**
 * Moments, correlation and regression. Spark merges partial results in an order of its own, so the
 * last digits may differ in both engines.
 */
final class StatisticRules {
  static final Map<Class<?>, Builder> RULES =
      Map.ofEntries(
          Map.entry(StddevSamp.class, plain("stddev_samp")),
          Map.entry(StddevPop.class, plain("stddev_pop")),
          Map.entry(VarianceSamp.class, plain("var_samp")),
          Map.entry(VariancePop.class, plain("var_pop")),
          Map.entry(CovPopulation.class, plain("covar_pop")),
          Map.entry(CovSample.class, plain("covar_samp")),
          Map.entry(Skewness.class, moments("kindling_skewness")),
          Map.entry(Kurtosis.class, moments("kindling_kurtosis")),
          Map.entry(Corr.class, (f, a, calls) -> correlation(a.get(0), a.get(1), calls)),
          Map.entry(
              RegrReplacement.class, (f, a, calls) -> Translation.done(sumOfSquares(a, calls))),
          Map.entry(RegrSXY.class, (f, a, calls) -> coMoment(a.get(0), a.get(1), calls)),
          Map.entry(RegrSlope.class, (f, a, calls) -> slope(a.get(0), a.get(1), calls)),
          Map.entry(RegrIntercept.class, (f, a, calls) -> intercept(a.get(0), a.get(1), calls)),
          Map.entry(RegrR2.class, (f, a, calls) -> fit(a.get(1), a.get(0), calls)));

  private StatisticRules() {}

  /** Whether the last digits of a function depend on the order in which rows are added up. */
  static boolean reassociates(AggregateFunction function) {
    return function instanceof CentralMomentAgg
        || function instanceof Covariance
        || function instanceof PearsonCorrelation
        || function instanceof RegrSlope
        || function instanceof RegrIntercept
        || function instanceof RegrReplacement;
  }

  private static Builder plain(String name) {
    return (f, arguments, calls) ->
        Translation.done(calls.call(name, arguments.toArray(Sql[]::new)));
  }

  // DuckDB's own functions add powers up, which loses digits; they also estimate the whole.
  private static Builder moments(String macro) {
    return (f, arguments, calls) -> {
      Sql value = arguments.get(0);
      Sql list = calls.callWhere(Sql.isNotNull(value), "list", value);
      return Translation.done(Sql.call(macro, list));
    };
  }

  private static Sql both(Sql left, Sql right) {
    return Sql.infix(Sql.isNotNull(left), "AND", Sql.isNotNull(right));
  }

  private static Sql zero(Sql value) {
    return Sql.infix(value, "=", Sql.literal("0"));
  }

  private static Translation<Sql> correlation(Sql x, Sql y, AggregateCalls calls) {
    Sql rows = calls.callWhere(both(x, y), "count", new Sql.Star());
    Sql several = Sql.infix(rows, ">", Sql.literal("1"));
    Sql flat =
        Sql.infix(
            zero(calls.callWhere(both(x, y), "var_pop", x)),
            "OR",
            zero(calls.callWhere(both(x, y), "var_pop", y)));
    // Spark divides by zero where a side never changes, which raises or not by the mode.
    Sql none =
        SQLConf.get().ansiEnabled()
            ? Sql.call("error", Sql.string("division by zero"))
            : Sql.literal("NULL");
    return Translation.done(Sql.when(several, Sql.iff(flat, none, calls.call("corr", x, y))));
  }

  // Σ(x - mean)²: the variance times the number of rows.
  private static Sql sumOfSquares(List<Sql> arguments, AggregateCalls calls) {
    Sql value = arguments.get(0);
    return Sql.infix(calls.call("var_pop", value), "*", calls.call("count", value));
  }

  private static Translation<Sql> coMoment(Sql y, Sql x, AggregateCalls calls) {
    Sql rows = calls.callWhere(both(x, y), "count", new Sql.Star());
    return Translation.done(Sql.infix(calls.call("covar_pop", y, x), "*", rows));
  }

  private static Sql slopeOf(Sql y, Sql x, AggregateCalls calls) {
    Sql spread = calls.callWhere(both(x, y), "var_pop", x);
    Sql divisor = Sql.call("nullif", spread, Sql.literal("0"));
    return Sql.infix(calls.call("covar_pop", y, x), "/", divisor);
  }

  private static Translation<Sql> slope(Sql y, Sql x, AggregateCalls calls) {
    return Translation.done(slopeOf(y, x, calls));
  }

  private static Translation<Sql> intercept(Sql y, Sql x, AggregateCalls calls) {
    Sql meanY = calls.callWhere(both(x, y), "avg", y);
    Sql meanX = calls.callWhere(both(x, y), "avg", x);
    return Translation.done(Sql.infix(meanY, "-", Sql.infix(slopeOf(y, x, calls), "*", meanX)));
  }

  private static Translation<Sql> fit(Sql y, Sql x, AggregateCalls calls) {
    Sql spreadX = calls.callWhere(both(x, y), "var_pop", x);
    Sql spreadY = calls.callWhere(both(x, y), "var_pop", y);
    Sql common = calls.call("covar_pop", y, x);
    Sql quotient = Sql.infix(Sql.infix(common, "*", common), "/", Sql.infix(spreadX, "*", spreadY));
    Sql one = Sql.cast(Sql.literal("1"), "DOUBLE");
    return Translation.done(
        Sql.when(Sql.not(zero(spreadX)), Sql.iff(zero(spreadY), one, quotient)));
  }
}
