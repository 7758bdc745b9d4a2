package dev.kindling.embedded.translate;

import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.IsNaN;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.types.DataType;

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
                  !NestedOrder.holdsMap(e.value().dataType()) && isSpeltAlike(e)
                      ? t.children(e).map(a -> new Sql.In(a.get(0), a.subList(1, a.size())))
                      : t.sparkCode(e)));

  private PredicateRules() {}

  private static <E extends BinaryComparison> Rule comparison(Class<E> type, String operator) {
    // Parts of nested values are equal when both are NULL, in both engines.
    boolean equality = operator.equals("=") || operator.equals("IS NOT DISTINCT FROM");
    return Rule.custom(
        type,
        (e, t) ->
            !isSpeltAlike(e)
                ? t.sparkCode(e)
                : DuckTypes.isAtomic(e.left().dataType())
                    ? t.children(e).map(a -> Sql.infix(a.get(0), operator, a.get(1)))
                    : nested(e, operator, equality, t)
                        .fold(Translation::done, refusals -> t.sparkCode(e)));
  }

  /**
   * DuckDB matches the fields of structs by name, Spark by place: the names have to be the same.
   */
  private static boolean isSpeltAlike(Expression e) {
    return DuckTypes.isAtomic(e.children().head().dataType())
        || Scala.<Expression>list(e.children()).stream()
                .map(child -> DuckTypes.of(child.dataType()))
                .distinct()
                .count()
            == 1;
  }

  private static Translation<Sql> nested(
      BinaryComparison e, String operator, boolean equality, ExpressionTranslator t) {
    // Where only one side may hold NULLs, both keys still need one form.
    DataType left = e.left().dataType();
    DataType type = left.equals(e.right().dataType()) ? left : left.asNullable();
    return t.children(e)
        .flatMap(
            a ->
                equality && !NestedOrder.holdsMap(type)
                    ? Translation.done(a)
                    : Translation.all(
                        List.of(NestedOrder.key(a.get(0), type), NestedOrder.key(a.get(1), type))))
        .map(sides -> Sql.infix(sides.get(0), operator, sides.get(1)));
  }
}
