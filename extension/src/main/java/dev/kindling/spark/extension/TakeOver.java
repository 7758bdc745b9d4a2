package dev.kindling.spark.extension;

import dev.kindling.embedded.EngineFailure;
import dev.kindling.embedded.SqlException;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the largest parts of an analysed plan that the embedded engine can run by {@link
 * TakenRelation}. It sees the plan before Spark's optimiser does, so DuckDB gets the query as it
 * was written.
 */
final class TakeOver extends Rule<LogicalPlan> {
  private static final Logger LOG = LoggerFactory.getLogger(KindlingExtension.class);
  private static final ThreadLocal<Boolean> SUSPENDED = ThreadLocal.withInitial(() -> false);

  private final SparkSession session;

  TakeOver(SparkSession session) {
    this.session = session;
  }

  /** Does something while every plan is left to Spark. */
  static <T> T suspended(Supplier<T> work) {
    boolean before = SUSPENDED.get();
    SUSPENDED.set(true);
    try {
      return work.get();
    } finally {
      SUSPENDED.set(before);
    }
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    SQLConf conf = session.sessionState().conf();
    if (SUSPENDED.get() || plan.isStreaming() || !Settings.enabled(conf)) {
      return plan;
    }
    Explanation.showIn(conf);
    try {
      // What the rule itself asks Spark for, such as a look into the cache, must not come back
      // here.
      return suspended(() -> new PlanSplitter(session, conf).split(plan));
    } catch (EngineFailure | SqlException | LinkageError e) {
      // Nothing of the plan has run yet: Spark can do all of it.
      LOG.warn("Kindling leaves a query to Spark: {}", e.getMessage());
      return plan;
    }
  }
}
