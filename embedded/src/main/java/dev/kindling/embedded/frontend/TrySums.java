package dev.kindling.embedded.frontend;

import dev.kindling.embedded.SqlException;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.BinaryArithmetic;
import org.apache.spark.sql.catalyst.expressions.EvalMode$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.IntegralType;

/**
 * {@code try_add} and {@code try_multiply} of whole numbers with constants. Spark's optimiser puts
 * the constants of nested ones together (its rule {@code ReorderAssociativeOperator}), so that
 * {@code try_add(1Y, try_add(-128Y, b))} is -128 where {@code b} is -1, though the inner sum
 * overflows.
 */
public final class TrySums {
  private TrySums() {}

  /**
   * Whether the optimiser puts constants together that are not written one within the other,
   * because it joins projections first.
   *
   * @param finished the plan that is translated
   */
  public static boolean dependOnOptimiser(
      SqlFrontEnd frontEnd, LogicalPlan analysed, LogicalPlan finished) {
    int written = PlanExpressions.count(finished, TrySums::hasConstant);
    if (written < 2) {
      return false;
    }
    try {
      return PlanExpressions.count(frontEnd.optimise(analysed), TrySums::hasConstant) < written;
    } catch (SqlException e) {
      // What Spark's optimiser raises, Spark has to say.
      return true;
    }
  }

  private static boolean hasConstant(Expression e) {
    return (e instanceof Add || e instanceof Multiply)
        && e.dataType() instanceof IntegralType
        && ((BinaryArithmetic) e).evalMode().equals(EvalMode$.MODULE$.TRY())
        && Scala.<Expression>list(e.children()).stream().anyMatch(Expression::foldable);
  }
}
