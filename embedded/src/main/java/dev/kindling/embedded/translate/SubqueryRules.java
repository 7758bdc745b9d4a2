package dev.kindling.embedded.translate;

import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.sql.Sql;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.BinaryOperator;
import org.apache.spark.sql.catalyst.expressions.Exists;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InSubquery;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.ScalarSubquery;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Subqueries stay subqueries: DuckDB decides how to join them. */
final class SubqueryRules {
  static final List<Rule> RULES =
      List.of(
          Rule.custom(
              ScalarSubquery.class,
              (e, t) ->
                  guarded(e, SubqueryGuards.scalar(e), t)
                      .orElseGet(
                          () ->
                              query(e.plan(), t).map(block -> new Sql.ScalarQuery(block.query())))),
          Rule.custom(
              Exists.class,
              (e, t) ->
                  guarded(e, SubqueryGuards.exists(e), t)
                      .orElseGet(
                          () -> query(e.plan(), t).map(block -> new Sql.Exists(block.query())))),
          Rule.custom(InSubquery.class, (e, t) -> in(e, t).map(SubqueryRules::orFalse)),
          Rule.custom(Not.class, SubqueryRules::not));

  private SubqueryRules() {}

  private static Optional<Translation<Sql>> guarded(
      SubqueryExpression e, Optional<Translation<Sql>> unequal, ExpressionTranslator t) {
    Optional<Translation<Sql>> maps = SubqueryGuards.maps(e);
    if (maps.isEmpty() && unequal.isPresent() && !SubqueryGuards.keepsAnyRows(e.plan())) {
      t.context().needsJoins();
    }
    return maps.or(() -> unequal);
  }

  private static Translation<Block> query(LogicalPlan plan, ExpressionTranslator t) {
    LogicalPlan finished = t.context().frontEnd().finish(plan);
    return new RelationTranslator(t.context())
        .translate(finished, Optional.of(t.scope()))
        .map(block -> RelationTranslator.exactly(block, finished));
  }

  // Outside a filter Spark gives FALSE where SQL's IN and NOT IN are NULL: it runs them as joins.
  private static Sql orFalse(Sql condition) {
    return Sql.call("coalesce", condition, Sql.literal("FALSE"));
  }

  private static Translation<Sql> not(Not e, ExpressionTranslator t) {
    if (e.child() instanceof InSubquery in) {
      return in(in, t).map(Sql::not).map(SubqueryRules::orFalse);
    }
    if (holdsInSubquery(e.child()) && e.child() instanceof BinaryOperator sides) {
      // NOT (a AND b) → NOT a OR NOT b, as Spark does before it makes joins of the subqueries.
      boolean and = sides instanceof And;
      if (and || sides instanceof Or) {
        Expression left = new Not(sides.left());
        Expression right = new Not(sides.right());
        return t.translate(and ? new Or(left, right) : new And(left, right));
      }
    }
    if (holdsInSubquery(e.child()) && e.child() instanceof Not twice) {
      return t.translate(twice.child());
    }
    if (holdsInSubquery(e.child())) {
      t.context().needsJoins();
      return ExpressionTranslator.refuse(
          e, RefusalCode.OPERATOR_NOT_SUPPORTED, "NOT around IN (SELECT …) and other conditions");
    }
    return t.translate(e.child()).map(Sql::not);
  }

  private static boolean holdsInSubquery(Expression e) {
    return e instanceof InSubquery
        || Scala.<Expression>list(e.children()).stream().anyMatch(SubqueryRules::holdsInSubquery);
  }

  /** A condition of which only TRUE counts, so that NULL may stand for FALSE. */
  static Translation<Sql> condition(Expression e, ExpressionTranslator t) {
    if (e instanceof And || e instanceof Or) {
      String operator = e instanceof And ? "AND" : "OR";
      return Translation.all(
              Scala.<Expression>list(e.children()).stream()
                  .map(child -> condition(child, t))
                  .toList())
          .map(sides -> Sql.infix(sides.get(0), operator, sides.get(1)));
    }
    if (e instanceof InSubquery in) {
      return in(in, t);
    }
    if (e instanceof Not not && not.child() instanceof InSubquery in) {
      return in(in, t).map(Sql::not);
    }
    return t.translate(e);
  }

  private static Translation<Sql> in(InSubquery e, ExpressionTranslator t) {
    List<Expression> values = Scala.list(e.values());
    for (Expression value : values) {
      if (NestedOrder.holdsMap(value.dataType())) {
        return ExpressionTranslator.refuse(
            e, RefusalCode.TYPE_NOT_SUPPORTED, "IN over nested values");
      }
    }
    Optional<Translation<Sql>> guarded = guarded(e.query(), SubqueryGuards.in(e), t);
    if (guarded.isPresent()) {
      return guarded.get();
    }
    return t.all(values)
        .flatMap(
            sql -> query(e.query().plan(), t).map(block -> new Sql.InQuery(sql, block.query())));
  }
}
