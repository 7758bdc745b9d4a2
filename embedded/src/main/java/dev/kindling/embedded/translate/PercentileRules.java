package dev.kindling.embedded.translate;

import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.translate.AggregateRules.Builder;
import dev.kindling.embedded.types.DuckTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Mode;
import org.apache.spark.sql.catalyst.expressions.aggregate.Percentile;
import org.apache.spark.sql.catalyst.expressions.aggregate.PercentileDisc;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;

/**
 * Exact percentiles and the most frequent value. DuckDB's own functions interpolate with other
 * roundings, so the sorted values of a group are taken and Spark's formula is applied to them.
 */
final class PercentileRules {
  static final Map<Class<?>, Builder> RULES =
      Map.of(
          Percentile.class, PercentileRules::interpolated,
          PercentileDisc.class, PercentileRules::discrete,
          Mode.class, PercentileRules::mode);

  private PercentileRules() {}

  private static Translation<Sql> interpolated(
      AggregateFunction f, List<Sql> arguments, AggregateCalls calls) {
    Percentile percentile = (Percentile) f;
    boolean weighted =
        !(percentile.frequencyExpression() instanceof Literal once)
            || !(once.value() instanceof Number times)
            || times.longValue() != 1;
    if (weighted) {
      return ExpressionTranslator.refuse(
          f, RefusalCode.FUNCTION_NOT_SUPPORTED, "no exact translation of percentile with counts");
    }
    return each(
        f,
        percentile.child(),
        percentile.percentageExpression(),
        "kindling_percentile",
        sorted(arguments.get(0), percentile.child().dataType(), percentile.reverse(), calls));
  }

  private static Translation<Sql> discrete(
      AggregateFunction f, List<Sql> arguments, AggregateCalls calls) {
    PercentileDisc percentile = (PercentileDisc) f;
    if (percentile.legacyCalculation()) {
      return ExpressionTranslator.refuse(
          f, RefusalCode.SETTING_NOT_SUPPORTED, "old behaviour is left to Spark");
    }
    return each(
        f,
        percentile.child(),
        percentile.percentageExpression(),
        "kindling_percentile_disc",
        sorted(arguments.get(0), percentile.child().dataType(), percentile.reverse(), calls));
  }

  /** The values of a group as doubles, in order: DISTINCT or not, without NULLs. */
  private static Sql sorted(Sql value, DataType type, boolean descending, AggregateCalls calls) {
    // A decimal becomes a double through its text, which rounds once; so does Spark.
    Sql text = type instanceof DecimalType ? Sql.cast(value, "VARCHAR") : value;
    Sql list = calls.callWhere(Sql.isNotNull(value), "list", Sql.cast(text, "DOUBLE"));
    return Sql.call(descending ? "list_reverse_sort" : "list_sort", list);
  }

  private static Translation<Sql> each(
      AggregateFunction f, Expression child, Expression percentages, String macro, Sql sorted) {
    DataType type = child.dataType();
    boolean numeric =
        DuckTypes.isIntegral(type)
            || DuckTypes.isFloating(type)
            || DuckTypes.isInterval(type)
            || type instanceof DecimalType;
    if (!numeric || !(percentages instanceof Literal literal)) {
      return ExpressionTranslator.refuse(
          f, RefusalCode.TYPE_NOT_SUPPORTED, f.prettyName() + " of " + type.sql());
    }
    if (!(literal.value() instanceof ArrayData several)) {
      return Translation.done(Sql.call(macro, sorted, constant((Double) literal.value())));
    }
    List<Sql> results = new ArrayList<>();
    for (double percentage : several.toDoubleArray()) {
      results.add(Sql.call(macro, sorted, constant(percentage)));
    }
    Sql rows = Sql.isNotNull(sorted);
    return Translation.done(Sql.when(rows, new Sql.Call("list_value", results)));
  }

  private static Sql constant(double value) {
    return Sql.cast(Sql.string(Double.toString(value)), "DOUBLE");
  }

  // The least value (or the greatest) of those that are found most often.
  private static Translation<Sql> mode(
      AggregateFunction f, List<Sql> arguments, AggregateCalls calls) {
    Mode mode = (Mode) f;
    DataType type = mode.child().dataType();
    if (mode.reverseOpt().isEmpty()) {
      return ExpressionTranslator.refuse(
          f,
          RefusalCode.NOT_DETERMINISTIC,
          "which of the values found equally often it gives is left open by Spark");
    }
    if (!DuckTypes.isAtomic(type) || DuckTypes.isFloating(type)) {
      return ExpressionTranslator.refuse(
          f, RefusalCode.TYPE_NOT_SUPPORTED, "mode of " + type.sql());
    }
    boolean least = (Boolean) mode.reverseOpt().get();
    Sql counts = Sql.call("map_entries", calls.call("histogram", arguments.get(0)));
    return Translation.done(
        Sql.cast(
            Sql.call(least ? "kindling_mode_least" : "kindling_mode_greatest", counts),
            DuckTypes.of(type).orElseThrow()));
  }
}
