package dev.kindling.embedded.frontend;

import dev.kindling.embedded.SqlException;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;

/**
 * Casts of whole numbers to FLOAT, which has 24 bits for them. Spark's optimiser drops such a cast
 * where its result is cast on to DOUBLE (its rule {@code SimplifyCasts}), and the bits stay: {@code
 * CAST(16777217 AS FLOAT) % 7} is that of 16777217 over a column, not that of 16777216.
 */
public final class FloatCasts {
  private FloatCasts() {}

  /** Whether a plan rounds whole numbers to FLOAT. */
  static boolean areIn(LogicalPlan plan) {
    return count(plan, cast -> isWide(cast.child().dataType()) && isFloat(cast.dataType())) > 0;
  }

  /**
   * Whether the optimiser drops such casts that are not written one within the other, because it
   * joins projections first.
   *
   * @param finished the plan that is translated
   */
  public static boolean dependOnOptimiser(
      SqlFrontEnd frontEnd, LogicalPlan analysed, LogicalPlan finished) {
    if (!areIn(finished) || count(finished, FloatCasts::widensFloat) == 0) {
      return false;
    }
    try {
      return count(frontEnd.optimise(analysed), FloatCasts::widensWhole)
          > count(finished, FloatCasts::widensWhole);
    } catch (SqlException e) {
      // What Spark's optimiser raises, Spark has to say.
      return true;
    }
  }

  private static boolean widensFloat(Cast cast) {
    return isFloat(cast.child().dataType()) && cast.dataType() instanceof DoubleType;
  }

  private static boolean widensWhole(Cast cast) {
    return isWide(cast.child().dataType()) && cast.dataType() instanceof DoubleType;
  }

  private static boolean isWide(DataType type) {
    return type instanceof IntegerType || type instanceof LongType;
  }

  private static boolean isFloat(DataType type) {
    return type instanceof FloatType;
  }

  private static int count(LogicalPlan plan, Predicate<Cast> wanted) {
    return PlanExpressions.count(plan, e -> e instanceof Cast cast && wanted.test(cast));
  }
}
