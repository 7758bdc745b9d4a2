package dev.kindling.embedded.frontend;

import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FoldableUnevaluable;
import org.apache.spark.sql.catalyst.expressions.Nondeterministic;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.expressions.Unevaluable;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sample;

/**
 * Finds in an analysed query what may give other rows for the same input: random numbers, the time,
 * the user, samples.
 */
public final class Changing {
  private Changing() {}

  /** What that is, in the words of a message; empty when there is nothing. */
  public static Optional<String> find(LogicalPlan plan) {
    if (plan instanceof Sample) {
      return Optional.of("TABLESAMPLE");
    }
    for (Expression expression : Scala.<Expression>list(plan.expressions())) {
      Optional<String> found = find(expression);
      if (found.isPresent()) {
        return found;
      }
    }
    for (LogicalPlan child : Scala.<LogicalPlan>list(plan.children())) {
      Optional<String> found = find(child);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> find(Expression expression) {
    for (Expression child : Scala.<Expression>list(expression.children())) {
      Optional<String> found = find(child);
      if (found.isPresent()) {
        return found;
      }
    }
    if (expression instanceof PlanExpression<?> subquery
        && subquery.plan() instanceof LogicalPlan inner) {
      Optional<String> found = find(inner);
      if (found.isPresent()) {
        return found;
      }
    }
    String name = expression.prettyName().toLowerCase(Locale.ROOT);
    // What Spark works out once a query: the time. It calls what is no value at all, such as a
    // column, by a name below that.
    boolean time =
        expression instanceof FoldableUnevaluable && !(expression instanceof Unevaluable);
    boolean session = name.startsWith("current_") || name.endsWith("user");
    // The expression that is at fault itself: what is made of it is not deterministic either.
    return time || session || expression instanceof Nondeterministic || !expression.deterministic()
        ? Optional.of(name + "()")
        : Optional.empty();
  }
}
