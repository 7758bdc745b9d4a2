package dev.kindling.spark.extension;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.SparkStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Function1;
import scala.runtime.AbstractFunction1;

/**
 * Puts the rule and the strategy into a session; kept apart so that it loads only where it fits.
 */
final class Installation {
  private static final Logger LOG = LoggerFactory.getLogger(KindlingExtension.class);
  private static boolean told;

  private Installation() {}

  static void install(SparkSessionExtensions extensions) {
    extensions.injectPlanNormalizationRule(
        function(
            session ->
                isLocal(session)
                    ? new TakeOver((org.apache.spark.sql.classic.SparkSession) session)
                    : new Untouched()));
    extensions.injectPlannerStrategy(Installation.<SparkStrategy>function(s -> new Planning()));
  }

  /** DuckDB runs in the driver's process: with executors elsewhere the work is theirs. */
  private static synchronized boolean isLocal(SparkSession session) {
    boolean local = session.sparkContext().isLocal();
    if (!local && !told) {
      told = true;
      LOG.warn(
          "Kindling steps aside: the master is {}, and it works in local mode only.",
          session.sparkContext().master());
    }
    return local;
  }

  private static <R> Function1<SparkSession, R> function(
      java.util.function.Function<SparkSession, R> body) {
    return new AbstractFunction1<>() {
      @Override
      public R apply(SparkSession session) {
        return body.apply(session);
      }
    };
  }

  /** Leaves every plan as it is. */
  private static final class Untouched extends Rule<LogicalPlan> {
    @Override
    public LogicalPlan apply(LogicalPlan plan) {
      return plan;
    }
  }
}
