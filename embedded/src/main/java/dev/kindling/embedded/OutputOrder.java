package dev.kindling.embedded;

import dev.kindling.embedded.frontend.Scala;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.WithCTE;

/** What an analysed query says about the order of its rows. */
public final class OutputOrder {
  private OutputOrder() {}

  /**
   * The places of the sort keys among a plan's columns, up to the first key that is none of them.
   */
  public static List<Integer> keys(LogicalPlan plan) {
    List<Attribute> output = Scala.list(plan.output());
    List<Integer> keys = new ArrayList<>();
    for (SortOrder key : sortedBy(plan)) {
      int place = place(key.child(), output, plan);
      if (place < 0) {
        break;
      }
      keys.add(place);
    }
    return keys;
  }

  private static int place(Expression key, List<Attribute> output, LogicalPlan plan) {
    for (int i = 0; i < output.size(); i++) {
      if (output.get(i).semanticEquals(key) || renamed(output.get(i), key, plan)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a projection above the sort gives its key another name. */
  private static boolean renamed(Attribute column, Expression key, LogicalPlan plan) {
    if (plan instanceof Project project) {
      for (NamedExpression named : Scala.<NamedExpression>list(project.projectList())) {
        if (named instanceof Alias alias && alias.exprId().equals(column.exprId())) {
          return alias.child().semanticEquals(key);
        }
      }
    }
    return keepsOrder(plan) && renamed(column, key, (LogicalPlan) plan.children().last());
  }

  private static List<SortOrder> sortedBy(LogicalPlan plan) {
    if (plan instanceof Sort sort) {
      return sort.global() ? Scala.list(sort.order()) : List.of();
    }
    return keepsOrder(plan) ? sortedBy((LogicalPlan) plan.children().last()) : List.of();
  }

  static boolean isLimited(LogicalPlan plan) {
    return plan instanceof GlobalLimit
        || plan instanceof Offset
        || (keepsOrder(plan) && isLimited((LogicalPlan) plan.children().last()));
  }

  private static boolean keepsOrder(LogicalPlan plan) {
    return plan instanceof GlobalLimit
        || plan instanceof LocalLimit
        || plan instanceof Offset
        || plan instanceof Project
        // The query itself is the last child of a plan with common table expressions.
        || plan instanceof WithCTE
        || plan instanceof SubqueryAlias;
  }
}
