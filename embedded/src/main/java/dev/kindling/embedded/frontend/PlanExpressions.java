package dev.kindling.embedded.frontend;

import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Looks at all expressions of a plan; those of its subqueries are left out. */
final class PlanExpressions {
  private PlanExpressions() {}

  /** How many expressions of a plan are wanted, however deep they are. */
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
