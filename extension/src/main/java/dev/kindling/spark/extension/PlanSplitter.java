package dev.kindling.spark.extension;

import dev.kindling.embedded.PreparedQuery;
import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.frontend.Scala;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SetOperation;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.V2WriteCommand;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.CacheManager;
import org.apache.spark.sql.execution.command.DataWritingCommand;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.internal.SQLConf;
import scala.runtime.AbstractFunction1;

/** Splits one plan between the two engines. */
final class PlanSplitter {
  private final SparkSession session;
  private final SQLConf conf;
  private final LeafImport leaves;
  private final Set<Refusal> refusals = new LinkedHashSet<>();

  PlanSplitter(SparkSession session, SQLConf conf) {
    this.session = session;
    this.conf = conf;
    leaves =
        new LeafImport(
            session,
            conf,
            Settings.takesAll(conf)
                ? LeafImport.HandOver.EVERYTHING
                : LeafImport.HandOver.WHERE_IT_PAYS);
  }

  LogicalPlan split(LogicalPlan plan) {
    LogicalPlan split = visit(plan);
    if (!refusals.isEmpty()) {
      Explanation.attach(split, List.copyOf(refusals));
    }
    return split;
  }

  private LogicalPlan visit(LogicalPlan node) {
    if (node instanceof TakenRelation || (node instanceof Command && !writes(node))) {
      return node;
    }
    if (!(node instanceof Command) && node.resolved() && isWorthIt(node)) {
      Optional<LogicalPlan> taken = take(node);
      if (taken.isPresent()) {
        return taken.get();
      }
    }
    return (LogicalPlan)
        node.mapChildren(
            new AbstractFunction1<LogicalPlan, LogicalPlan>() {
              @Override
              public LogicalPlan apply(LogicalPlan child) {
                return visit(child);
              }
            });
  }

  /** Whether a command's child is a query; DELETE and MERGE have the table itself below them. */
  private static boolean writes(LogicalPlan command) {
    return command instanceof DataWritingCommand || command instanceof V2WriteCommand;
  }

  private Optional<LogicalPlan> take(LogicalPlan node) {
    List<Refusal> why = new ArrayList<>();
    LogicalPlan imported = leaves.replaced(node, why);
    if (why.isEmpty()) {
      PreparedQuery query = Engine.of(session.sparkContext(), conf).prepare(conf, imported);
      if (query.translated()) {
        return Optional.of(new TakenRelation(new TakenPart(session, node, query)));
      }
      why.addAll(query.refusals());
    }
    refusals.addAll(why);
    return Optional.empty();
  }

  /**
   * Rows come back to Spark one by one, which a mere scan does not pay for. What somebody cached is
   * read from there.
   */
  private boolean isWorthIt(LogicalPlan node) {
    boolean wanted =
        Settings.takesAll(conf)
            || (any(node, PlanSplitter::isHeavy) && any(node, n -> n instanceof LogicalRelation));
    return wanted && !any(node, this::isCached);
  }

  private static boolean isHeavy(LogicalPlan node) {
    return node instanceof Join
        || node instanceof Aggregate
        || node instanceof Window
        || node instanceof Sort
        || node instanceof Distinct
        || node instanceof SetOperation;
  }

  private boolean isCached(LogicalPlan node) {
    CacheManager cache = session.sharedState().cacheManager();
    return !cache.isEmpty() && cache.lookupCachedData(session, node).isDefined();
  }

  private static boolean any(LogicalPlan plan, java.util.function.Predicate<LogicalPlan> test) {
    return plan.collectFirst(
            Scala.partial(
                node -> test.test((LogicalPlan) node) ? Optional.of(node) : Optional.empty()))
        .isDefined();
  }
}
