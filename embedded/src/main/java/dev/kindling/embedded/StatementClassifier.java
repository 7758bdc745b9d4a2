package dev.kindling.embedded;

import dev.kindling.embedded.frontend.Scala;
import java.util.Optional;
import org.apache.spark.sql.catalyst.analysis.LocalTempView$;
import org.apache.spark.sql.catalyst.analysis.UnresolvedIdentifier;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.DropView;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoDir;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.execution.command.CreateViewCommand;
import org.apache.spark.sql.execution.command.ResetCommand;
import org.apache.spark.sql.execution.command.SetCommand;
import org.apache.spark.sql.execution.datasources.CreateTempViewUsing;

/** Tells statements apart that this session acts on from those that are Spark's. */
final class StatementClassifier {
  private StatementClassifier() {}

  static Statement classify(String sql, LogicalPlan plan) {
    if (plan instanceof SetCommand set && set.kv().isDefined()) {
      return new Statement.SetConf(set.kv().get()._1(), Scala.optional(set.kv().get()._2()));
    }
    if (plan instanceof ResetCommand reset) {
      return new Statement.Reset(Scala.optional(reset.config()));
    }
    if (plan instanceof CreateViewCommand view
        && view.viewType() == LocalTempView$.MODULE$
        && view.userSpecifiedColumns().isEmpty()
        && view.originalText().isDefined()
        && view.name().database().isEmpty()) {
      return new Statement.CreateTempView(
          view.name().table(), view.originalText().get(), view.replace());
    }
    if (plan instanceof CreateTempViewUsing view
        && !view.global()
        && view.tableIdent().database().isEmpty()) {
      return new Statement.CreateTempViewUsing(
          view.tableIdent().table(),
          view.provider(),
          Scala.map(view.options()),
          Scala.optional(view.userSpecifiedSchema()).map(schema -> schema.toDDL()),
          view.replace());
    }
    Optional<String> dropped = droppedView(plan);
    if (dropped.isPresent()) {
      return new Statement.DropView(dropped.get(), ((DropView) plan).ifExists());
    }
    return plan.find(StatementClassifier::isCommand).isEmpty()
        ? new Statement.Query(sql)
        : new Statement.Other(sql, plan.nodeName());
  }

  private static Optional<String> droppedView(LogicalPlan plan) {
    return plan instanceof DropView drop
            && drop.child() instanceof UnresolvedIdentifier identifier
            && identifier.nameParts().size() == 1
        ? Optional.of(identifier.nameParts().head())
        : Optional.empty();
  }

  // Looked for in the whole plan: an INSERT inside a WITH is a command in the clothes of a query.
  private static boolean isCommand(LogicalPlan node) {
    return node instanceof Command
        || node instanceof ParsedStatement
        || node instanceof InsertIntoDir;
  }
}
