package dev.kindling.embedded.translate;

import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.sql.Query;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** UNION, EXCEPT and INTERSECT. */
final class SetOperations extends OperatorFamily {
  SetOperations(RelationTranslator relations, TranslationContext context) {
    super(relations, context);
  }

  Translation<Block> setOperation(
      String operator, List<LogicalPlan> branches, LogicalPlan plan, Optional<Scope> outer) {
    List<Attribute> output = Scala.list(plan.output());
    boolean comparesRows = !operator.equals("UNION ALL");
    for (Attribute attribute : output) {
      if (comparesRows
          && !DuckTypes.isFloating(attribute.dataType())
          && DuckTypes.holdsFloating(attribute.dataType())) {
        return Translation.refused(
            RefusalCode.TYPE_NOT_SUPPORTED,
            attribute.sql(),
            operator
                + " over "
                + attribute.dataType().sql()
                + " needs Spark's normal form of keys");
      }
    }
    List<Translation<Query>> queries = new ArrayList<>();
    for (LogicalPlan branch : branches) {
      List<Attribute> columns = Scala.list(branch.output());
      queries.add(
          translate(branch, outer).map(block -> branchOf(block, branch, comparesRows).query()));
      for (int i = 0; i < columns.size(); i++) {
        context.inherit(columns.get(i), output.get(i).exprId().id());
      }
    }
    return Translation.all(queries)
        .map(
            all -> {
              String alias = context.nextAlias();
              List<String> names = new ArrayList<>();
              List<Block.Output> outputs = new ArrayList<>();
              for (int i = 0; i < output.size(); i++) {
                String name = "c" + (i + 1);
                names.add(name);
                outputs.add(
                    new Block.Output(
                        output.get(i).exprId().id(),
                        output.get(i).name(),
                        new Sql.Column(alias, name)));
              }
              return Block.of(
                  Optional.of(
                      new Query.From.Sub(new Query.SetOperation(operator, all), alias, names)),
                  outputs);
            });
  }

  // Spark compares rows by grouping them, which turns -0.0 into 0.0.
  private static Block branchOf(Block block, LogicalPlan branch, boolean comparesRows) {
    Block exact = RelationTranslator.exactly(block, branch);
    return comparesRows ? Aggregations.normalised(exact, branch) : exact;
  }
}
