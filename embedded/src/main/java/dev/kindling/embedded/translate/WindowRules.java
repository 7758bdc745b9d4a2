package dev.kindling.embedded.translate;

import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.translate.WindowFrames.Frame;
import dev.kindling.embedded.types.DuckTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.CumeDist;
import org.apache.spark.sql.catalyst.expressions.DenseRank;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FrameLessOffsetWindowFunction;
import org.apache.spark.sql.catalyst.expressions.Lag;
import org.apache.spark.sql.catalyst.expressions.Lead;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NTile;
import org.apache.spark.sql.catalyst.expressions.NthValue;
import org.apache.spark.sql.catalyst.expressions.PercentRank;
import org.apache.spark.sql.catalyst.expressions.Rank;
import org.apache.spark.sql.catalyst.expressions.RowNumber;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.First;
import org.apache.spark.sql.catalyst.expressions.aggregate.Last;

/** Aggregates, and window functions with their frames. */
final class WindowRules {
  private static final Map<Class<?>, String> RANKS =
      Map.of(
          RowNumber.class, "row_number",
          Rank.class, "rank",
          DenseRank.class, "dense_rank",
          PercentRank.class, "percent_rank",
          CumeDist.class, "cume_dist");

  static final List<Rule> RULES =
      List.of(
          Rule.custom(
              AggregateExpression.class,
              (e, t) ->
                  AggregateRules.translate(e, java.util.function.UnaryOperator.identity(), t)),
          Rule.custom(WindowExpression.class, WindowRules::window));

  private WindowRules() {}

  /** The OVER clause without its frame. */
  private record Over(List<Sql> partitionBy, List<Sql.SortKey> orderBy) {
    Sql around(Sql function, Frame frame) {
      return new Sql.Window(function, partitionBy, frame.keys(orderBy), frame.text());
    }
  }

  private static Translation<Sql> window(WindowExpression e, ExpressionTranslator t) {
    WindowSpecDefinition spec = e.windowSpec();
    for (Expression key : Scala.<Expression>list(spec.partitionSpec())) {
      if (NestedOrder.holdsMap(key.dataType())) {
        return ExpressionTranslator.refuse(
            key, RefusalCode.TYPE_NOT_SUPPORTED, "PARTITION BY " + key.dataType().sql());
      }
    }
    List<Translation<Sql.SortKey>> keys = new ArrayList<>();
    for (SortOrder order : Scala.<SortOrder>list(spec.orderSpec())) {
      t.context().decidesRows(order.child(), "the ORDER BY of a window");
      keys.add(t.sortKey(order));
    }
    return t.all(Scala.<Expression>list(spec.partitionSpec()))
        .flatMap(
            partitions ->
                Translation.all(keys)
                    .flatMap(order -> function(e, spec, new Over(partitions, order), t)));
  }

  private static Translation<Sql> function(
      WindowExpression e, WindowSpecDefinition spec, Over over, ExpressionTranslator t) {
    Expression function = e.windowFunction();
    String type = DuckTypes.of(function.dataType()).orElseThrow();
    String rank = RANKS.get(function.getClass());
    if (rank != null) {
      return Translation.done(
          Sql.cast(over.around(new Sql.Call(rank, List.of()), Frame.NONE), type));
    }
    if (function instanceof NTile ntile) {
      return t.translate(ntile.buckets())
          .map(n -> Sql.cast(over.around(Sql.call("ntile", n), Frame.NONE), type));
    }
    if (function instanceof Lead lead) {
      return offset("lead", lead, over, t);
    }
    if (function instanceof Lag lag) {
      return offset("lag", lag, over, t);
    }
    Translation<Frame> frame = WindowFrames.of(e, spec);
    if (function instanceof NthValue nth) {
      return frame.flatMap(
          rows ->
              t.translate(nth.input())
                  .flatMap(
                      input ->
                          t.translate(nth.offset())
                              .map(n -> nth.ignoreNulls() ? new Sql.Suffix(n, "IGNORE NULLS") : n)
                              .map(n -> over.around(Sql.call("nth_value", input, n), rows))));
    }
    if (function instanceof AggregateExpression aggregate) {
      return frame.flatMap(rows -> aggregate(aggregate, over, rows, t));
    }
    return ExpressionTranslator.refuse(
        function,
        RefusalCode.FUNCTION_NOT_SUPPORTED,
        "no exact translation of " + function.prettyName() + " in a window yet");
  }

  private static Translation<Sql> aggregate(
      AggregateExpression e, Over over, Frame frame, ExpressionTranslator t) {
    boolean ignoresNulls =
        (e.aggregateFunction() instanceof First first && first.ignoreNulls())
            || (e.aggregateFunction() instanceof Last last && last.ignoreNulls());
    boolean value = e.aggregateFunction() instanceof First || e.aggregateFunction() instanceof Last;
    if (value) {
      String name = e.aggregateFunction() instanceof First ? "first_value" : "last_value";
      Expression input = e.aggregateFunction().children().head();
      return t.translate(input)
          .map(
              sql ->
                  over.around(
                      ignoresNulls
                          ? new Sql.Call(name, List.of(new Sql.Suffix(sql, "IGNORE NULLS")))
                          : Sql.call(name, sql),
                      frame));
    }
    return AggregateRules.translate(e, call -> over.around(call, frame), t);
  }

  // The children of both are the input, how many rows away, and what stands in for a missing row.
  private static Translation<Sql> offset(
      String name, FrameLessOffsetWindowFunction function, Over over, ExpressionTranslator t) {
    List<Expression> children = Scala.list(function.children());
    if (!(children.get(1) instanceof Literal rows) || rows.value() == null) {
      return ExpressionTranslator.refuse(
          function,
          RefusalCode.FUNCTION_NOT_SUPPORTED,
          name + " by an offset that is not constant");
    }
    boolean noDefault = children.get(2) instanceof Literal none && none.value() == null;
    return t.all(noDefault ? children.subList(0, 2) : children)
        .map(
            arguments -> {
              List<Sql> all = new ArrayList<>(arguments);
              if (function.ignoreNulls()) {
                all.set(all.size() - 1, new Sql.Suffix(all.get(all.size() - 1), "IGNORE NULLS"));
              }
              return over.around(new Sql.Call(name, all), Frame.NONE);
            });
  }
}
