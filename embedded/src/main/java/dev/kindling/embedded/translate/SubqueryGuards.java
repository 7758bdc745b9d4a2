package dev.kindling.embedded.translate;

import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.sql.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.AttributeSet$;
import org.apache.spark.sql.catalyst.expressions.Exists;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InSubquery;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.ScalarSubquery;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;

/**
 * Subqueries that refer to the outer query, and for which Spark's rewriting into joins gives other
 * rows than the subquery as it is written would: those are translated as the joins.
 */
final class SubqueryGuards {
  private SubqueryGuards() {}

  // The join finds no row where the subquery would have given its one row over nothing.
  static Optional<Translation<Sql>> exists(Exists e) {
    return holdsAbove(e.plan(), SubqueryGuards::aggregatesAll)
        ? refuse(e, "EXISTS over an aggregate of matching rows")
        : Optional.empty();
  }

  static Optional<Translation<Sql>> in(InSubquery e) {
    LogicalPlan plan = e.query().plan();
    if (holdsAbove(plan, SubqueryGuards::aggregatesAll)) {
      return refuse(e, "IN over an aggregate of matching rows");
    }
    if (holdsAbove(plan, SubqueryGuards::limits)) {
      return refuse(e, "IN over a limited number of matching rows");
    }
    return e.values().size() > 1 && refersOut(plan)
        ? refuse(e, "IN with several columns over matching rows")
        : Optional.empty();
  }

  // Over no matching row there is no group, but Spark gives what the aggregate is over nothing.
  static Optional<Translation<Sql>> scalar(ScalarSubquery e) {
    LogicalPlan plan = e.plan();
    if (holdsAbove(
        plan, node -> node instanceof Aggregate a && !a.groupingExpressions().isEmpty())) {
      return refuse(e, "a scalar subquery with GROUP BY over matching rows");
    }
    if (holdsAbove(plan, SubqueryGuards::limits) && holds(plan, SubqueryGuards::filtersOutside)) {
      return refuse(e, "a scalar subquery with LIMIT and a condition on the outer query alone");
    }
    boolean outerValues =
        holdsAbove(plan, node -> node instanceof Aggregate)
            && holds(plan, node -> node instanceof Project && refersOutItself(node));
    return outerValues
        ? refuse(e, "a scalar subquery that aggregates values of the outer query")
        : Optional.empty();
  }

  /** Spark has no joins over maps, and says so where its optimiser leaves one. */
  static Optional<Translation<Sql>> maps(SubqueryExpression e) {
    return Scala.<Expression>list(e.children()).stream()
            .anyMatch(column -> NestedOrder.holdsMap(column.dataType()))
        ? refuse(e, "a subquery that refers to a map of the outer query")
        : Optional.empty();
  }

  /** Whether a LIMIT without an order decides which of the matching rows there are. */
  static boolean keepsAnyRows(LogicalPlan subquery) {
    return holdsAbove(
        subquery, node -> limits(node) && !holds(node, below -> below instanceof Sort));
  }

  private static boolean filtersOutside(LogicalPlan node) {
    return node instanceof Filter filter && hasOuterPart(filter.condition());
  }

  private static boolean hasOuterPart(Expression condition) {
    return condition instanceof And and
        ? hasOuterPart(and.left()) || hasOuterPart(and.right())
        : refersOut(condition) && condition.references().isEmpty();
  }

  /** Whether Spark refuses a join's condition, or reads it in its own way. */
  static boolean keepsFrom(Join join, Expression condition) {
    AttributeSet left = join.left().outputSet();
    AttributeSet right = join.right().outputSet();
    if (condition instanceof SubqueryExpression subquery) {
      // Its children are the outer columns that it refers to.
      List<AttributeSet> columns = new ArrayList<>();
      Scala.<Expression>list(subquery.children()).forEach(child -> columns.add(child.references()));
      AttributeSet outer = AttributeSet$.MODULE$.fromAttributeSets(Scala.seq(columns));
      return !outer.intersect(left).isEmpty() && !outer.intersect(right).isEmpty();
    }
    boolean logic = condition instanceof And || condition instanceof Or || condition instanceof Not;
    for (Expression child : Scala.<Expression>list(condition.children())) {
      boolean hidden = !logic && child instanceof InSubquery;
      if (hidden || keepsFrom(join, child)) {
        return true;
      }
    }
    return false;
  }

  private static boolean aggregatesAll(LogicalPlan node) {
    return node instanceof Aggregate aggregate && aggregate.groupingExpressions().isEmpty();
  }

  private static boolean limits(LogicalPlan node) {
    return node instanceof GlobalLimit || node instanceof LocalLimit || node instanceof Offset;
  }

  /** Whether such a node stands above a reference to the outer query. */
  private static boolean holdsAbove(LogicalPlan plan, Predicate<LogicalPlan> what) {
    if (what.test(plan) && refersOut(plan)) {
      return true;
    }
    return Scala.<LogicalPlan>list(plan.children()).stream()
        .anyMatch(child -> holdsAbove(child, what));
  }

  private static boolean holds(LogicalPlan plan, Predicate<LogicalPlan> what) {
    return what.test(plan)
        || Scala.<LogicalPlan>list(plan.children()).stream().anyMatch(child -> holds(child, what));
  }

  private static boolean refersOutItself(LogicalPlan node) {
    return Scala.<Expression>list(node.expressions()).stream().anyMatch(SubqueryGuards::refersOut);
  }

  private static boolean refersOut(LogicalPlan plan) {
    return refersOutItself(plan)
        || Scala.<LogicalPlan>list(plan.children()).stream().anyMatch(SubqueryGuards::refersOut);
  }

  private static boolean refersOut(Expression e) {
    return e instanceof OuterReference
        || Scala.<Expression>list(e.children()).stream().anyMatch(SubqueryGuards::refersOut);
  }

  private static Optional<Translation<Sql>> refuse(Expression e, String what) {
    return Optional.of(
        ExpressionTranslator.refuse(
            e, RefusalCode.OPERATOR_NOT_SUPPORTED, what + ", which Spark makes a join of"));
  }
}
