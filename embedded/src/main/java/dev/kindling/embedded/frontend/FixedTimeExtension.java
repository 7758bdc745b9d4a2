package dev.kindling.embedded.frontend;

import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.Function1;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/** Brings {@link FixedTime} into a Spark that names this class in {@code spark.sql.extensions}. */
public final class FixedTimeExtension extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
  @Override
  @SuppressWarnings({"unchecked", "rawtypes"}) // the rule needs nothing of the session
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    Function1 rule =
        new AbstractFunction1<Object, Rule<LogicalPlan>>() {
          @Override
          public Rule<LogicalPlan> apply(Object session) {
            return new FixedTime();
          }
        };
    extensions.injectPostHocResolutionRule(rule);
    return BoxedUnit.UNIT;
  }
}
