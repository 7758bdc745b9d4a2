package dev.kindling.embedded.translate;

import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.translate.AggregateRules.Builder;
import dev.kindling.embedded.types.DuckTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.CollectList;
import org.apache.spark.sql.catalyst.expressions.aggregate.CollectSet;
import org.apache.spark.sql.catalyst.expressions.aggregate.ListAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.MaxBy;
import org.apache.spark.sql.catalyst.expressions.aggregate.MinBy;
import org.apache.spark.sql.catalyst.expressions.aggregate.PivotFirst;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;

/** Aggregates that keep values of their group: as lists, as text, or one of them. */
final class CollectingRules {
  static final Map<Class<?>, Builder> RULES =
      Map.of(
          CollectList.class, CollectingRules::collectList,
          CollectSet.class, CollectingRules::collectSet,
          ListAgg.class, CollectingRules::listAgg,
          MaxBy.class, (f, a, calls) -> by(f, "arg_max_null", a, calls),
          MinBy.class, (f, a, calls) -> by(f, "arg_min_null", a, calls),
          PivotFirst.class, CollectingRules::pivot);

  private CollectingRules() {}

  private static Translation<Sql> collectList(
      AggregateFunction f, List<Sql> arguments, AggregateCalls calls) {
    Sql value = arguments.get(0);
    Sql list = calls.callWhere(Sql.isNotNull(value), "list", value);
    return Translation.done(Sql.call("coalesce", list, Sql.call("list_value")));
  }

  private static Translation<Sql> collectSet(
      AggregateFunction f, List<Sql> arguments, AggregateCalls calls) {
    DataType type = ((CollectSet) f).child().dataType();
    if (DuckTypes.holdsFloating(type)) {
      // Spark's set tells NaN from NaN, and -0.0 from 0.0 or not, by how it was filled.
      return ExpressionTranslator.refuse(
          f, RefusalCode.TYPE_NOT_SUPPORTED, "collect_set of " + type.sql());
    }
    Sql value = arguments.get(0);
    AggregateCalls distinct = new AggregateCalls(true, calls.filter(), calls.over());
    Sql list = distinct.callWhere(Sql.isNotNull(value), "list", value);
    return Translation.done(Sql.call("coalesce", list, Sql.call("list_value")));
  }

  /** Whether the text has its parts in an order that leaves nothing open. */
  static boolean isOrdered(ListAgg f) {
    List<SortOrder> order = Scala.list(f.orderExpressions());
    return order.stream().anyMatch(key -> key.child().semanticEquals(f.child()));
  }

  private static Translation<Sql> listAgg(
      AggregateFunction f, List<Sql> arguments, AggregateCalls calls) {
    ListAgg list = (ListAgg) f;
    if (!(list.child().dataType() instanceof StringType)
        || !(list.delimiter() instanceof Literal delimiter)) {
      return ExpressionTranslator.refuse(
          f, RefusalCode.TYPE_NOT_SUPPORTED, f.prettyName() + " of these types");
    }
    Sql separator = Sql.string(delimiter.value() == null ? "" : delimiter.value().toString());
    List<SortOrder> order = Scala.list(list.orderExpressions());
    List<Expression> children = Scala.list(f.children());
    List<Sql.SortKey> keys = new ArrayList<>();
    for (SortOrder key : order) {
      if (!DuckTypes.isAtomic(key.child().dataType())) {
        return ExpressionTranslator.refuse(
            f, RefusalCode.TYPE_NOT_SUPPORTED, "ordering by " + key.child().dataType().sql());
      }
      Sql sql = arguments.get(children.indexOf(key));
      keys.add(
          new Sql.SortKey(
              sql,
              key.direction() == Ascending$.MODULE$,
              key.nullOrdering() == NullsFirst$.MODULE$));
    }
    return Translation.done(
        calls
            .over()
            .apply(
                new Sql.Aggregate(
                    "string_agg",
                    List.of(arguments.get(0), separator),
                    calls.distinct(),
                    keys,
                    calls.filter())));
  }

  private static Translation<Sql> by(
      AggregateFunction f, String name, List<Sql> arguments, AggregateCalls calls) {
    DataType order = Scala.<Expression>list(f.children()).get(1).dataType();
    return NestedOrder.key(arguments.get(1), order)
        .map(key -> calls.callWhere(Sql.isNotNull(arguments.get(1)), name, arguments.get(0), key));
  }

  // One value per group and pivot value has been worked out below: each finds its place.
  private static Translation<Sql> pivot(
      AggregateFunction f, List<Sql> arguments, AggregateCalls calls) {
    PivotFirst pivot = (PivotFirst) f;
    DataType type = pivot.pivotColumn().dataType();
    if (DuckTypes.holdsFloating(type)) {
      return ExpressionTranslator.refuse(
          f, RefusalCode.TYPE_NOT_SUPPORTED, "PIVOT FOR " + type.sql());
    }
    List<Translation<Sql>> places = new ArrayList<>();
    for (Object value : Scala.<Object>list(pivot.pivotColumnValues())) {
      places.add(Literals.of(value, type));
    }
    return Translation.all(places)
        .map(
            values -> {
              List<Sql> cells = new ArrayList<>();
              for (Sql value : values) {
                Sql here = Sql.infix(arguments.get(0), "IS NOT DISTINCT FROM", value);
                cells.add(calls.callWhere(here, "any_value", arguments.get(1)));
              }
              return new Sql.Call("list_value", cells);
            });
  }
}
