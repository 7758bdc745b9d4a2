package dev.kindling.testkit.suite;

import dev.kindling.embedded.frontend.Scala;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.Metadata;
import scala.runtime.AbstractFunction1;

/**
 * Puts the constants of a query into the columns of a one-row relation, so that both engines have
 * to work with values where Spark's optimiser would leave a result:
 *
 * <pre>Project(upper('a'), OneRow) → Project(upper(c0), LocalRelation(c0 = 'a'))</pre>
 */
final class Lifting {
  private final List<Attribute> columns = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  private Lifting() {}

  /** The plan with its constants lifted; empty when none can be. */
  static Optional<LogicalPlan> lift(LogicalPlan plan) {
    boolean[] changed = {false};
    LogicalPlan lifted =
        (LogicalPlan)
            plan.transformUp(
                Scala.partial(
                    node -> {
                      boolean fits =
                          (node instanceof Project || node instanceof Generate)
                              && ((LogicalPlan) node).children().apply(0) instanceof OneRowRelation;
                      if (!fits) {
                        return Optional.empty();
                      }
                      Optional<LogicalPlan> better = new Lifting().liftNode((LogicalPlan) node);
                      changed[0] |= better.isPresent();
                      return better;
                    }));
    return changed[0] ? Optional.of(lifted) : Optional.empty();
  }

  private Optional<LogicalPlan> liftNode(LogicalPlan node) {
    LogicalPlan lifted =
        (LogicalPlan)
            node.mapExpressions(
                new AbstractFunction1<Expression, Expression>() {
                  @Override
                  public Expression apply(Expression expression) {
                    return lift(expression);
                  }
                });
    if (columns.isEmpty()) {
      return Optional.empty();
    }
    LocalRelation row =
        new LocalRelation(
            Scala.seq(columns),
            Scala.seq(List.<InternalRow>of(new GenericInternalRow(values.toArray()))),
            false,
            scala.Option.empty());
    return Optional.of((LogicalPlan) lifted.withNewChildren(Scala.seq(List.of(row))));
  }

  private Expression lift(Expression e) {
    if (e instanceof Literal literal) {
      return column(literal);
    }
    // Inside a function of elements the columns are known too, but not what lambda variables are.
    if (e instanceof SubqueryExpression || e instanceof LambdaFunction || e.children().isEmpty()) {
      return e;
    }
    List<Expression> original = new ArrayList<>(Scala.<Expression>list(e.children()));
    List<Expression> children = new ArrayList<>();
    original.forEach(child -> children.add(lift(child)));
    if (accepts(e, children)) {
      return (Expression) e.withNewChildren(Scala.seq(children));
    }
    // Some argument has to be a constant: put them back one by one, the last first.
    for (int i = children.size() - 1; i >= 0; i--) {
      Expression lifted = children.set(i, original.get(i));
      if (accepts(e, children)) {
        return (Expression) e.withNewChildren(Scala.seq(children));
      }
      if (children.size() > 1) {
        children.set(i, lifted);
      }
    }
    return e;
  }

  private static boolean accepts(Expression e, List<Expression> children) {
    try {
      Expression with = (Expression) e.withNewChildren(Scala.seq(children));
      return with.checkInputDataTypes().isSuccess() && with.dataType().equals(e.dataType());
    } catch (RuntimeException badArguments) {
      return false;
    }
  }

  private Expression column(Literal literal) {
    AttributeReference column =
        new AttributeReference(
            "c" + columns.size(),
            literal.dataType(),
            literal.nullable(),
            Metadata.empty(),
            NamedExpression$.MODULE$.newExprId(),
            Scala.seq(List.of()));
    columns.add(column);
    values.add(literal.value());
    return column;
  }
}
