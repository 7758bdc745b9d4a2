package dev.kindling.embedded.frontend;

import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Reverse;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StringType;

/**
 * {@code reverse} of bytes that are called a text. Where the last character is cut off, Spark's
 * {@code UTF8String.reverse} writes before the start of its result, into other objects: the process
 * dies of it sooner or later.
 */
public final class UnsafeReverse {
  private UnsafeReverse() {}

  /** Whether a plan, or a subquery of it, reverses what was binary. */
  public static boolean isIn(LogicalPlan plan) {
    boolean[] found = {false};
    PlanExpressions.forEach(
        plan,
        e ->
            found[0] |=
                e instanceof Reverse && e.dataType() instanceof StringType && holdsBytesAsText(e));
    return found[0];
  }

  private static boolean holdsBytesAsText(Expression e) {
    boolean cast =
        e instanceof Cast
            && e.dataType() instanceof StringType
            && ((Cast) e).child().dataType() instanceof BinaryType;
    return cast
        || Scala.<Expression>list(e.children()).stream().anyMatch(UnsafeReverse::holdsBytesAsText);
  }
}
