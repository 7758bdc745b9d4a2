package dev.kindling.embedded.translate;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** What every family of operators has to say: how their inputs become blocks. */
abstract class OperatorFamily {
  final TranslationContext context;
  private final RelationTranslator relations;

  OperatorFamily(RelationTranslator relations, TranslationContext context) {
    this.relations = relations;
    this.context = context;
  }

  /** The block of an operator's input. */
  final Translation<Block> translate(LogicalPlan plan, Optional<Scope> outer) {
    return relations.translate(plan, outer);
  }

  /** The block as a subquery, and a new block around it. */
  final Block seal(Block block) {
    return relations.seal(block);
  }

  /** Translates expressions over the columns of a block. */
  final ExpressionTranslator expressions(Block block, Optional<Scope> outer) {
    return relations.expressions(block, outer);
  }

  final Translation<List<Block.Output>> outputs(
      List<NamedExpression> list, ExpressionTranslator expressions) {
    return relations.outputs(list, expressions);
  }

  static <T> Translation<T> refuse(LogicalPlan plan, String detail) {
    return RelationTranslator.refuse(plan, detail);
  }
}
