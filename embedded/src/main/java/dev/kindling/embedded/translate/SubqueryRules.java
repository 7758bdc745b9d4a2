package dev.kindling.embedded.translate;

import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Exists;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InSubquery;
import org.apache.spark.sql.catalyst.expressions.ScalarSubquery;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Subqueries stay subqueries: DuckDB decides how to join them. */
final class SubqueryRules {
  static final List<Rule> RULES =
      List.of(
          Rule.custom(
              ScalarSubquery.class,
              (e, t) -> query(e.plan(), t).map(block -> new Sql.ScalarQuery(block.query()))),
          Rule.custom(
              Exists.class,
              (e, t) -> query(e.plan(), t).map(block -> new Sql.Exists(block.query()))),
          Rule.custom(InSubquery.class, SubqueryRules::in));

  private SubqueryRules() {}

  private static Translation<Block> query(LogicalPlan plan, ExpressionTranslator t) {
    LogicalPlan finished = t.context().frontEnd().finish(plan);
    return new RelationTranslator(t.context())
        .translate(finished, Optional.of(t.scope()))
        .map(block -> RelationTranslator.exactly(block, finished));
  }

  private static Translation<Sql> in(InSubquery e, ExpressionTranslator t) {
    List<Expression> values = Scala.list(e.values());
    for (Expression value : values) {
      if (!DuckTypes.isAtomic(value.dataType())) {
        return ExpressionTranslator.refuse(
            e, RefusalCode.TYPE_NOT_SUPPORTED, "IN over nested values");
      }
    }
    return t.all(values)
        .flatMap(
            sql -> query(e.query().plan(), t).map(block -> new Sql.InQuery(sql, block.query())));
  }
}
