package dev.kindling.testkit.suite;

import dev.kindling.embedded.frontend.Scala;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.WithCTE;

/** What a query's rows are sorted by. */
final class SortKeys {
  private SortKeys() {}

  /** The places of the sort keys among a plan's columns, up to the first that is none. */
  static List<Integer> of(LogicalPlan plan) {
    List<Attribute> output = Scala.list(plan.output());
    List<Integer> keys = new ArrayList<>();
    for (SortOrder key : order(plan)) {
      int place = -1;
      for (int column = 0; column < output.size() && place < 0; column++) {
        if (key.child().semanticEquals(output.get(column))) {
          place = column;
        }
      }
      if (place < 0) {
        break;
      }
      keys.add(place);
    }
    return keys;
  }

  // Below a LIMIT, and below the projection that takes away what only the order needs.
  private static List<SortOrder> order(LogicalPlan plan) {
    if (plan instanceof Sort sort) {
      return sort.global() ? Scala.list(sort.order()) : List.of();
    }
    boolean keepsOrder =
        plan instanceof GlobalLimit
            || plan instanceof LocalLimit
            || plan instanceof Offset
            || plan instanceof Project
            || plan instanceof WithCTE
            || plan instanceof SubqueryAlias;
    // The query itself is the last child of a plan with common table expressions.
    return keepsOrder ? order(plan.children().last()) : List.of();
  }
}
