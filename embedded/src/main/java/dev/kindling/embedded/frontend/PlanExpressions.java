package dev.kindling.embedded.frontend;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Looks at all expressions of a plan. */
final class PlanExpressions {
  private PlanExpressions() {}

  /** Gives every expression of a plan and of its subqueries, however deep, to an action. */
  static void forEach(LogicalPlan plan, Consumer<Expression> action) {
    Scala.<Expression>list(plan.expressions()).forEach(e -> forEach(e, action));
    Scala.<LogicalPlan>list(plan.children()).forEach(child -> forEach(child, action));
  }

  private static void forEach(Expression expression, Consumer<Expression> action) {
    action.accept(expression);
    if (expression instanceof SubqueryExpression subquery) {
      forEach(subquery.plan(), action);
    }
    Scala.<Expression>list(expression.children()).forEach(child -> forEach(child, action));
  }

  /** How many expressions are wanted, however deep they are, those of subqueries left out. */
  static int count(LogicalPlan plan, Predicate<Expression> wanted) {
    int count = 0;
    for (Expression expression : Scala.<Expression>list(plan.expressions())) {
      count += count(expression, wanted);
    }
    for (LogicalPlan child : Scala.<LogicalPlan>list(plan.children())) {
      count += count(child, wanted);
    }
    return count;
  }

  private static int count(Expression expression, Predicate<Expression> wanted) {
    int count = wanted.test(expression) ? 1 : 0;
    for (Expression child : Scala.<Expression>list(expression.children())) {
      count += count(child, wanted);
    }
    return count;
  }
}
