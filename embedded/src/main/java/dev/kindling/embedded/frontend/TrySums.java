package dev.kindling.embedded.frontend;

import dev.kindling.embedded.SqlException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.BinaryArithmetic;
import org.apache.spark.sql.catalyst.expressions.EvalMode$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.IntegralType;

/**
 * {@code try_add} and {@code try_multiply} of whole numbers, one within the other. Spark's
 * optimiser puts their constants last (its rule {@code ReorderAssociativeOperator}), so that {@code
 * try_add(1Y, try_add(-128Y, b))} is -128 where {@code b} is -1, though the inner sum overflows.
 * What it takes for a constant, and for one within the other, depends on its other rules.
 */
public final class TrySums {
  private final SqlFrontEnd frontEnd;
  private final List<String> shapes = new ArrayList<>();

  private TrySums(SqlFrontEnd frontEnd) {
    this.frontEnd = frontEnd;
  }

  /**
   * Whether the optimiser makes other sums of those that are translated.
   *
   * @param finished the plan that is translated
   */
  public static boolean dependOnOptimiser(
      SqlFrontEnd frontEnd, LogicalPlan analysed, LogicalPlan finished) {
    if (count(finished) < 2) {
      // Most queries; their subqueries need not be finished once more.
      return false;
    }
    try {
      TrySums written = new TrySums(frontEnd);
      written.look(finished);
      TrySums optimised = new TrySums(frontEnd);
      optimised.look(frontEnd.optimise(analysed));
      return !written.sorted().equals(optimised.sorted());
    } catch (SqlException e) {
      // What Spark's optimiser raises, Spark has to say.
      return true;
    }
  }

  /** How many such sums there are, those of subqueries too, whether finished or not. */
  private static int count(LogicalPlan plan) {
    int[] count = {0};
    PlanExpressions.forEach(plan, e -> count[0] += isTrySum(e) ? 1 : 0);
    return count[0];
  }

  private List<String> sorted() {
    Collections.sort(shapes);
    return shapes;
  }

  private void look(LogicalPlan plan) {
    Scala.<Expression>list(plan.expressions()).forEach(this::look);
    Scala.<LogicalPlan>list(plan.children()).forEach(this::look);
  }

  private void look(Expression e) {
    if (isTrySum(e)) {
      shapes.add(shape(e));
      return;
    }
    if (e instanceof SubqueryExpression subquery) {
      look(frontEnd.finish(subquery.plan()));
    }
    Scala.<Expression>list(e.children()).forEach(this::look);
  }

  /** Where the sum has its constants. */
  private String shape(Expression e) {
    if (!isTrySum(e)) {
      look(e);
      return e.foldable() ? "c" : "x";
    }
    BinaryArithmetic sum = (BinaryArithmetic) e;
    return "(" + shape(sum.left()) + sum.symbol() + shape(sum.right()) + ")";
  }

  private static boolean isTrySum(Expression e) {
    return (e instanceof Add || e instanceof Multiply)
        && e.dataType() instanceof IntegralType
        && ((BinaryArithmetic) e).evalMode().equals(EvalMode$.MODULE$.TRY());
  }
}
