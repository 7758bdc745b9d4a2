package dev.kindling.embedded.frontend;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InSubquery;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.internal.SQLConf;

/**
 * {@code NULL IN (SELECT …)}. Over no rows that is FALSE, but with ANSI mode off Spark's optimiser
 * makes NULL of it when it sees that the value is always NULL: see {@code
 * spark.sql.legacy.nullInEmptyListBehavior} and the rule {@code NullPropagation}.
 */
public final class ConstantNullIn {
  private final Map<ExprId, Expression> definitions = new HashMap<>();
  private final Set<ExprId> seen = new HashSet<>();

  private ConstantNullIn() {}

  /** Whether the optimiser may see such a value in a plan or in a subquery of it. */
  public static boolean mayBeIn(LogicalPlan plan) {
    if (!SQLConf.get().legacyNullInEmptyBehavior()) {
      return false;
    }
    ConstantNullIn found = new ConstantNullIn();
    List<Expression> values = new ArrayList<>();
    PlanExpressions.forEach(
        plan,
        e -> {
          if (e instanceof InSubquery in) {
            values.addAll(Scala.<Expression>list(in.values()));
          } else if (e instanceof Alias alias) {
            found.definitions.put(alias.exprId(), alias.child());
          }
        });
    return values.stream().anyMatch(found::holdsNull);
  }

  /** Whether a constant NULL is part of a value, or of a column that it is computed from. */
  private boolean holdsNull(Expression e) {
    if (e.foldable()) {
      return !(e instanceof Literal literal && literal.value() != null);
    }
    if (e instanceof AttributeReference column) {
      return definitions.containsKey(column.exprId())
          && seen.add(column.exprId())
          && holdsNull(definitions.get(column.exprId()));
    }
    return Scala.<Expression>list(e.children()).stream().anyMatch(this::holdsNull);
  }
}
