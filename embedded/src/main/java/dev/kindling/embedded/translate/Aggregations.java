package dev.kindling.embedded.translate;

import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.sql.Query;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;

/** Groups, and rows made unique. */
final class Aggregations extends OperatorFamily {
  Aggregations(RelationTranslator relations, TranslationContext context) {
    super(relations, context);
  }

  Translation<Block> aggregate(Aggregate aggregate, Optional<Scope> outer) {
    List<Expression> groups = Scala.list(aggregate.groupingExpressions());
    List<NamedExpression> list = Scala.list(aggregate.aggregateExpressions());
    for (Expression group : groups) {
      DataType type = group.dataType();
      if (!DuckTypes.isAtomic(type) && DuckTypes.holdsFloating(type)) {
        return Translation.refused(
            RefusalCode.TYPE_NOT_SUPPORTED,
            group.sql(),
            "grouping by " + type.sql() + " needs Spark's normal form of keys");
      }
      context.decidesRows(group, "a grouping key");
    }
    return translate(aggregate.child(), outer)
        .flatMap(
            child -> {
              boolean merges = child.isPlain() && child.isCheap() && child.orderBy().isEmpty();
              Block plain = merges ? child : seal(child);
              Block base = normaliseFloatKeys(plain, groups);
              ExpressionTranslator expressions = expressions(base, outer);
              return expressions
                  .all(groups)
                  .flatMap(
                      all -> {
                        // A constant key makes no groups, and DuckDB reads 1 as a column's place.
                        List<Sql> keys =
                            all.stream().filter(key -> !(key instanceof Sql.Literal)).toList();
                        boolean onlyConstants = keys.isEmpty() && !groups.isEmpty();
                        return outputs(list, expressions)
                            .map(
                                outputs ->
                                    base.withGroups(
                                        keys, outputs, having(keys, onlyConstants, aggregate)));
                      });
            });
  }

  // Constant keys make one group, or none over no rows. Without any key there is always one group,
  // which DuckDB only makes when it sees an aggregate function.
  private static Optional<Sql> having(List<Sql> keys, boolean onlyConstants, Aggregate aggregate) {
    boolean aggregates =
        Scala.<Expression>list(aggregate.expressions()).stream()
            .anyMatch(Aggregations::holdsAggregate);
    if (!keys.isEmpty() || (!onlyConstants && aggregates)) {
      return Optional.empty();
    }
    Sql rows = Sql.aggregate("count", new Sql.Star());
    return Optional.of(Sql.infix(rows, onlyConstants ? ">" : ">=", Sql.literal("0")));
  }

  private static boolean holdsAggregate(Expression e) {
    return e instanceof AggregateExpression
        || Scala.<Expression>list(e.children()).stream().anyMatch(Aggregations::holdsAggregate);
  }

  // Spark groups -0.0 with 0.0 and shows 0.0; DuckDB shows whichever came first.
  private Block normaliseFloatKeys(Block child, List<Expression> groups) {
    List<Long> floats = new ArrayList<>();
    for (Expression group : groups) {
      if (DuckTypes.isFloating(group.dataType()) && group instanceof AttributeReference key) {
        floats.add(key.exprId().id());
      }
    }
    if (floats.isEmpty()) {
      return child;
    }
    List<Block.Output> outputs = new ArrayList<>();
    for (Block.Output output : child.outputs()) {
      outputs.add(
          floats.contains(output.id())
              ? new Block.Output(
                  output.id(), output.name(), BasicRules.withoutNegativeZero(output.sql()))
              : output);
    }
    return seal(child.withOutputs(outputs));
  }

  Translation<Block> distinct(Distinct distinct, Optional<Scope> outer) {
    for (Attribute attribute : Scala.<Attribute>list(distinct.output())) {
      context.decidesRows(attribute, "DISTINCT");
      if (!DuckTypes.isAtomic(attribute.dataType())
          && DuckTypes.holdsFloating(attribute.dataType())) {
        return Translation.refused(
            RefusalCode.TYPE_NOT_SUPPORTED,
            attribute.sql(),
            "DISTINCT over " + attribute.dataType().sql() + " needs Spark's normal form of keys");
      }
    }
    return translate(distinct.child(), outer)
        .map(
            child -> {
              boolean fits =
                  !child.distinct()
                      && !child.windowed()
                      && child.limit().isEmpty()
                      && child.offset().isEmpty();
              Block base = fits ? child : seal(child);
              return normalised(base, distinct).withDistinct();
            });
  }

  /** The block with -0.0 as 0.0 in its columns of numbers. */
  static Block normalised(Block block, LogicalPlan plan) {
    List<Attribute> attributes = Scala.list(plan.output());
    List<Block.Output> outputs = new ArrayList<>();
    for (int i = 0; i < block.outputs().size(); i++) {
      Block.Output output = block.outputs().get(i);
      outputs.add(
          DuckTypes.isFloating(attributes.get(i).dataType())
              ? new Block.Output(
                  output.id(), output.name(), BasicRules.withoutNegativeZero(output.sql()))
              : output);
    }
    return block.withOutputs(outputs);
  }

  // Expand(projections) → one copy of each row per projection, by a join with the copy's number.
  Translation<Block> expand(Expand expand, Optional<Scope> outer) {
    List<scala.collection.immutable.Seq<Expression>> projections = Scala.list(expand.projections());
    List<Attribute> output = Scala.list(expand.output());
    return translate(expand.child(), outer)
        .flatMap(
            child -> {
              Block base = child.isBare() ? child : seal(child);
              String copies = context.nextAlias();
              Sql copy = new Sql.Column(copies, "copy");
              ExpressionTranslator expressions = expressions(base, outer);
              List<Translation<Block.Output>> outputs = new ArrayList<>();
              for (int column = 0; column < output.size(); column++) {
                outputs.add(expanded(projections, column, output.get(column), copy, expressions));
              }
              List<List<Sql>> numbers = new ArrayList<>();
              for (int i = 0; i < projections.size(); i++) {
                numbers.add(List.of(Sql.literal(Integer.toString(i))));
              }
              Query.From from =
                  new Query.From.Join(
                      base.from().orElseThrow(),
                      "CROSS JOIN",
                      new Query.From.Sub(new Query.Values(numbers), copies, List.of("copy")),
                      Optional.empty());
              return Translation.all(outputs).map(all -> seal(Block.of(Optional.of(from), all)));
            });
  }

  private static Translation<Block.Output> expanded(
      List<scala.collection.immutable.Seq<Expression>> projections,
      int column,
      Attribute attribute,
      Sql copy,
      ExpressionTranslator expressions) {
    List<Translation<Sql>> choices = new ArrayList<>();
    for (scala.collection.immutable.Seq<Expression> projection : projections) {
      choices.add(expressions.translate(projection.apply(column)));
    }
    return Translation.all(choices)
        .map(
            values -> {
              Sql value = values.get(0);
              if (values.stream().distinct().count() > 1) {
                List<Sql.When> whens = new ArrayList<>();
                for (int i = 0; i < values.size(); i++) {
                  Sql number = Sql.literal(Integer.toString(i));
                  whens.add(new Sql.When(Sql.infix(copy, "=", number), values.get(i)));
                }
                value = new Sql.Case(whens, Optional.empty());
              }
              return new Block.Output(attribute.exprId().id(), attribute.name(), value);
            });
  }
}
