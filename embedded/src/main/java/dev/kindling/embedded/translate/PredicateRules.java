package dev.kindling.embedded.translate;

import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.IsNaN;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Or;

/** Comparisons and three-valued logic. Both engines take NaN as equal to itself and largest. */
final class PredicateRules {
  static final List<Rule> RULES =
      List.of(
          Rule.infix(And.class, "AND"),
          Rule.infix(Or.class, "OR"),
          comparison(EqualTo.class, "="),
          comparison(EqualNullSafe.class, "IS NOT DISTINCT FROM"),
          comparison(LessThan.class, "<"),
          comparison(LessThanOrEqual.class, "<="),
          comparison(GreaterThan.class, ">"),
          comparison(GreaterThanOrEqual.class, ">="),
          Rule.of(IsNull.class, (e, a) -> Sql.isNull(a.get(0))),
          Rule.of(IsNotNull.class, (e, a) -> Sql.isNotNull(a.get(0))),
          Rule.of(
              IsNaN.class,
              (e, a) -> Sql.call("coalesce", Sql.call("isnan", a.get(0)), Sql.literal("FALSE"))),
          Rule.custom(
              In.class,
              (e, t) ->
                  DuckTypes.isAtomic(e.value().dataType())
                      ? t.children(e).map(a -> new Sql.In(a.get(0), a.subList(1, a.size())))
                      : t.sparkCode(e)));

  private PredicateRules() {}

  private static <E extends BinaryComparison> Rule comparison(Class<E> type, String operator) {
    return Rule.custom(
        type,
        (e, t) ->
            DuckTypes.isAtomic(e.left().dataType())
                ? t.children(e).map(a -> Sql.infix(a.get(0), operator, a.get(1)))
                : t.sparkCode(e));
  }
}
