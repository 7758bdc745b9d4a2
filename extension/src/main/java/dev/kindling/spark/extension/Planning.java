package dev.kindling.spark.extension;

import dev.kindling.embedded.frontend.Scala;
import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.collection.immutable.Seq;

/** Plans the parts that were taken. */
final class Planning extends SparkStrategy {
  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    return plan instanceof TakenRelation taken
        ? Scala.seq(List.of(new TakenExec(taken.part())))
        : Scala.seq(List.of());
  }
}
