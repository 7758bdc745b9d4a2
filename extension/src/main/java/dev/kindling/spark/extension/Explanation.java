package dev.kindling.spark.extension;

import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.frontend.Scala;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.ExtendedExplainGenerator;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreeNodeTag;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.internal.SQLConf;
import scala.Option;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/** Says in Spark's own EXPLAIN what the embedded engine runs, and why not the rest. */
public final class Explanation implements ExtendedExplainGenerator {
  private static final String PROVIDERS = "spark.sql.extendedExplainProviders";
  private static final TreeNodeTag<List<Refusal>> REFUSALS = new TreeNodeTag<>("kindling.refusals");

  /** Switches it on for a session that names no provider itself. */
  static void showIn(SQLConf conf) {
    if (!conf.contains(PROVIDERS)) {
      conf.setConfString(PROVIDERS, Explanation.class.getName());
    }
  }

  /** Remembers why parts of a plan stay with Spark. */
  static void attach(LogicalPlan plan, List<Refusal> refusals) {
    plan.setTagValue(REFUSALS, refusals);
  }

  @Override
  public String title() {
    return "Kindling";
  }

  @Override
  public String generateExtendedInfo(SparkPlan plan) {
    Set<String> lines = new LinkedHashSet<>();
    collect(plan, lines);
    return lines.isEmpty() ? "Nothing to take." : String.join("\n", lines);
  }

  private static void collect(SparkPlan plan, Set<String> lines) {
    plan.foreach(
        new AbstractFunction1<SparkPlan, BoxedUnit>() {
          @Override
          public BoxedUnit apply(SparkPlan node) {
            if (node instanceof TakenExec) {
              lines.add("DuckDB runs the parts that are called Kindling.");
            } else if (node instanceof AdaptiveSparkPlanExec adaptive) {
              // Its plan is no child of it.
              collect(adaptive.executedPlan(), lines);
            }
            Option<LogicalPlan> link = node.logicalLink();
            if (link.isDefined()) {
              Scala.optional(link.get().getTagValue(REFUSALS))
                  .ifPresent(
                      all -> all.forEach(refusal -> lines.add("Left to Spark: " + refusal.text())));
            }
            return BoxedUnit.UNIT;
          }
        });
  }
}
