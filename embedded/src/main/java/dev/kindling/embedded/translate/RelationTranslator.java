package dev.kindling.embedded.translate;

import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.frontend.SourceTable;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Intersect;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LateralJoin;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.catalyst.plans.logical.RebalancePartitions;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionOperation;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.View;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.catalyst.plans.logical.WithCTE;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;

/**
 * Turns the nodes of an analysed plan into SELECT blocks. An operator that has no method here is
 * refused.
 */
final class RelationTranslator {
  private final TranslationContext context;
  private final Joins joins;
  private final Aggregations aggregations;
  private final SetOperations setOperations;
  private final CommonTables commonTables;
  private final Generators generators;
  private final Leaves leaves;

  RelationTranslator(TranslationContext context) {
    this.context = context;
    joins = new Joins(this, context);
    aggregations = new Aggregations(this, context);
    setOperations = new SetOperations(this, context);
    commonTables = new CommonTables(this, context);
    generators = new Generators(this, context);
    leaves = new Leaves(this, context);
  }

  /**
   * The block of a plan; {@code outer} is the scope of the query around it, when it is a subquery.
   */
  Translation<Block> translate(LogicalPlan plan, Optional<Scope> outer) {
    if (plan instanceof Project project) {
      return project(project, outer);
    } else if (plan instanceof Filter filter) {
      return filter(filter, outer);
    } else if (plan instanceof Aggregate aggregate) {
      return aggregations.aggregate(aggregate, outer);
    } else if (plan instanceof Join join) {
      return joins.join(join, outer);
    } else if (plan instanceof Sort sort) {
      // SORT BY orders the rows of each of Spark's tasks, which says nothing about the whole.
      return sort.global() ? sort(sort, outer) : translate(sort.child(), outer);
    } else if (plan instanceof GlobalLimit limit) {
      return limit(limit, outer);
    } else if (plan instanceof LocalLimit limit) {
      // Only found below a GlobalLimit of the same number.
      return translate(limit.child(), outer);
    } else if (plan instanceof Offset offset) {
      return offset(offset, outer);
    } else if (plan instanceof Window window) {
      return window(window, outer);
    } else if (plan instanceof Distinct distinct) {
      return aggregations.distinct(distinct, outer);
    } else if (plan instanceof Union union) {
      return setOperations.setOperation("UNION ALL", Scala.list(union.children()), union, outer);
    } else if (plan instanceof Except except) {
      return setOperations.setOperation(
          except.isAll() ? "EXCEPT ALL" : "EXCEPT",
          List.of(except.left(), except.right()),
          except,
          outer);
    } else if (plan instanceof Intersect intersect) {
      return setOperations.setOperation(
          intersect.isAll() ? "INTERSECT ALL" : "INTERSECT",
          List.of(intersect.left(), intersect.right()),
          intersect,
          outer);
    } else if (plan instanceof SubqueryAlias alias) {
      return translate(alias.child(), outer);
    } else if (plan instanceof View view) {
      return translate(view.child(), outer);
    } else if (plan instanceof DataSourceV2Relation relation
        && relation.table() instanceof SourceTable table) {
      return leaves.source(relation, table);
    } else if (plan instanceof WithCTE with) {
      return commonTables.with(with, outer);
    } else if (plan instanceof CTERelationRef reference) {
      return commonTables.cteReference(reference);
    } else if (plan instanceof Generate generate) {
      return generators.generate(generate, outer);
    } else if (plan instanceof Expand expand) {
      return aggregations.expand(expand, outer);
    } else if (plan instanceof LateralJoin lateral) {
      return joins.lateralJoin(lateral, outer);
    } else if (plan instanceof LocalRelation local) {
      return leaves.localRelation(local);
    } else if (plan instanceof Range range) {
      return leaves.range(range);
    } else if (plan instanceof OneRowRelation) {
      return Translation.done(Block.of(Optional.empty(), List.of()));
    } else if (plan instanceof RepartitionOperation || plan instanceof RebalancePartitions) {
      // How rows are spread over tasks has no meaning in one process, and does not change them.
      return translate(plan.children().head(), outer);
    }
    return refuse(plan, "no exact translation of this operator yet");
  }

  static <T> Translation<T> refuse(LogicalPlan plan, String detail) {
    return Translation.refused(RefusalCode.OPERATOR_NOT_SUPPORTED, plan.nodeName(), detail);
  }

  Block seal(Block block) {
    return block.seal(context.nextAlias());
  }

  ExpressionTranslator expressions(Block block, Optional<Scope> outer) {
    return new ExpressionTranslator(context, new Scope(block.names(), outer));
  }

  private Translation<Block> project(Project project, Optional<Scope> outer) {
    List<NamedExpression> list = Scala.list(project.projectList());
    return translate(project.child(), outer)
        .flatMap(
            child -> {
              boolean onlyColumns = list.stream().allMatch(RelationTranslator::isRename);
              boolean merges =
                  onlyColumns
                      ? !child.distinct()
                      : !child.distinct() && !child.aggregated() && child.isCheap();
              Block base = merges ? child : seal(child);
              return outputs(list, expressions(base, outer)).map(base::withOutputs);
            });
  }

  private static boolean isRename(NamedExpression expression) {
    return expression instanceof AttributeReference
        || (expression instanceof Alias alias && alias.child() instanceof AttributeReference);
  }

  Translation<List<Block.Output>> outputs(
      List<NamedExpression> list, ExpressionTranslator expressions) {
    List<Translation<Block.Output>> outputs = new ArrayList<>();
    for (NamedExpression named : list) {
      Expression expression = (Expression) named;
      long id = named.exprId().id();
      context.inherit(expression, id);
      outputs.add(
          expressions.translate(expression).map(sql -> new Block.Output(id, named.name(), sql)));
    }
    return Translation.all(outputs);
  }

  private Translation<Block> filter(Filter filter, Optional<Scope> outer) {
    return translate(filter.child(), outer)
        .flatMap(
            child -> {
              context.decidesRows(filter.condition(), "a filter");
              Block base = child.isPlain() && child.isCheap() ? child : seal(child);
              return SubqueryRules.condition(filter.condition(), expressions(base, outer))
                  .map(base::withWhere);
            });
  }

  private Translation<Block> sort(Sort sort, Optional<Scope> outer) {
    return translate(sort.child(), outer)
        .flatMap(
            child -> {
              boolean fits =
                  !child.distinct() && child.limit().isEmpty() && child.offset().isEmpty();
              Block base = fits ? child : seal(child);
              return sortKeys(Scala.list(sort.order()), expressions(base, outer))
                  .map(base::withOrder);
            });
  }

  private Translation<List<Sql.SortKey>> sortKeys(
      List<SortOrder> order, ExpressionTranslator expressions) {
    List<Translation<Sql.SortKey>> keys = new ArrayList<>();
    order.forEach(key -> keys.add(expressions.sortKey(key)));
    // A constant orders nothing, and DuckDB would read 1 as a column's place.
    return Translation.all(keys)
        .map(
            all -> all.stream().filter(key -> !(key.expression() instanceof Sql.Literal)).toList());
  }

  private Translation<Block> limit(GlobalLimit limit, Optional<Scope> outer) {
    if (!(limit.limitExpr() instanceof Literal literal)) {
      return refuse(limit, "a LIMIT that is not a constant");
    }
    long rows = ((Number) literal.value()).longValue();
    return translate(limit.child(), outer)
        .map(
            child -> {
              if (rows == 0) {
                return child.withLimit(0);
              } else if (child.orderBy().isEmpty()) {
                context.notComparable("LIMIT without ORDER BY may keep any of the rows");
              } else if (orderedBy(limit.child()).stream().anyMatch(context::isReassociated)) {
                context.notComparable(
                    "ORDER BY with LIMIT uses a sum of floating-point numbers, whose last digits"
                        + " depend on the order of addition");
              }
              return child.withLimit(rows);
            });
  }

  private static List<Expression> orderedBy(LogicalPlan plan) {
    if (plan instanceof Sort sort) {
      return new ArrayList<>(Scala.<SortOrder>list(sort.order()));
    }
    return plan.children().size() == 1 ? orderedBy(plan.children().head()) : List.of();
  }

  private Translation<Block> offset(Offset offset, Optional<Scope> outer) {
    if (!(offset.offsetExpr() instanceof Literal literal)) {
      return refuse(offset, "an OFFSET that is not a constant");
    }
    long rows = ((Number) literal.value()).longValue();
    return translate(offset.child(), outer)
        .map(
            child -> {
              if (child.orderBy().isEmpty()) {
                context.notComparable("OFFSET without ORDER BY may skip any of the rows");
              }
              boolean fits = child.limit().isEmpty() && child.offset().isEmpty();
              return (fits ? child : seal(child)).withOffset(rows);
            });
  }

  private Translation<Block> window(Window window, Optional<Scope> outer) {
    List<NamedExpression> list = Scala.list(window.windowExpressions());
    return translate(window.child(), outer)
        .flatMap(
            child -> {
              Block base =
                  child.isPlain() && child.isCheap() && child.orderBy().isEmpty()
                      ? child
                      : seal(child);
              return outputs(list, expressions(base, outer))
                  .map(
                      windows -> {
                        List<Block.Output> all = new ArrayList<>(base.outputs());
                        all.addAll(windows);
                        return base.withWindows(all);
                      });
            });
  }

  /** The block with every output cast to its Spark type, where DuckDB's may be narrower. */
  static Block exactly(Block block, LogicalPlan plan) {
    List<Attribute> attributes = Scala.list(plan.output());
    List<Block.Output> outputs = new ArrayList<>();
    for (int i = 0; i < block.outputs().size(); i++) {
      Block.Output output = block.outputs().get(i);
      DataType type = attributes.get(i).dataType();
      // Only a decimal column may be narrower or wider than its Spark type.
      boolean exact =
          output.sql() instanceof Sql.Column
              && DuckTypes.isAtomic(type)
              && !(type instanceof DecimalType);
      Sql sql = exact ? output.sql() : Sql.cast(output.sql(), DuckTypes.of(type).orElseThrow());
      outputs.add(new Block.Output(output.id(), output.name(), sql));
    }
    // DISTINCT compares what is selected, and a cast changes no value: it may stay where it is.
    return block.withOutputs(outputs);
  }
}
