package dev.kindling.embedded.translate;

import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.frontend.SourceTable;
import dev.kindling.embedded.read.Relation;
import dev.kindling.embedded.sql.Query;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Explode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Generator;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.PosExplode;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationDef;
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
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;

/**
 * Turns the nodes of an analysed plan into SELECT blocks. An operator that has no method here is
 * refused.
 */
final class RelationTranslator {
  private final TranslationContext context;

  RelationTranslator(TranslationContext context) {
    this.context = context;
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
      return aggregate(aggregate, outer);
    } else if (plan instanceof Join join) {
      return join(join, outer);
    } else if (plan instanceof Sort sort) {
      return sort(sort, outer);
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
      return distinct(distinct, outer);
    } else if (plan instanceof Union union) {
      return setOperation("UNION ALL", Scala.list(union.children()), union, outer);
    } else if (plan instanceof Except except) {
      return setOperation(
          except.isAll() ? "EXCEPT ALL" : "EXCEPT",
          List.of(except.left(), except.right()),
          except,
          outer);
    } else if (plan instanceof Intersect intersect) {
      return setOperation(
          intersect.isAll() ? "INTERSECT ALL" : "INTERSECT",
          List.of(intersect.left(), intersect.right()),
          intersect,
          outer);
    } else if (plan instanceof SubqueryAlias alias) {
      return translate(alias.child(), outer);
    } else if (plan instanceof View view) {
      return view(view, outer);
    } else if (plan instanceof DataSourceV2Relation relation
        && relation.table() instanceof SourceTable table) {
      return source(relation, table);
    } else if (plan instanceof WithCTE with) {
      return with(with, outer);
    } else if (plan instanceof CTERelationRef reference) {
      return cteReference(reference);
    } else if (plan instanceof Generate generate) {
      return generate(generate, outer);
    } else if (plan instanceof Expand expand) {
      return expand(expand, outer);
    } else if (plan instanceof LateralJoin lateral) {
      return lateralJoin(lateral, outer);
    } else if (plan instanceof LocalRelation local) {
      return localRelation(local);
    } else if (plan instanceof Range range) {
      return range(range);
    } else if (plan instanceof OneRowRelation) {
      return Translation.done(Block.of(Optional.empty(), List.of()));
    } else if (plan instanceof RepartitionOperation || plan instanceof RebalancePartitions) {
      // How rows are spread over tasks has no meaning in one process, and does not change them.
      return translate(plan.children().head(), outer);
    }
    return refuse(plan, "no exact translation of this operator yet");
  }

  private static <T> Translation<T> refuse(LogicalPlan plan, String detail) {
    return Translation.refused(RefusalCode.OPERATOR_NOT_SUPPORTED, plan.nodeName(), detail);
  }

  private Block seal(Block block) {
    return block.seal(context.nextAlias());
  }

  private ExpressionTranslator expressions(Block block, Optional<Scope> outer) {
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

  private Translation<List<Block.Output>> outputs(
      List<NamedExpression> list, ExpressionTranslator expressions) {
    List<Translation<Block.Output>> outputs = new ArrayList<>();
    for (NamedExpression named : list) {
      Expression expression = (Expression) named;
      long id = named.exprId().id();
      if (context.isReassociated(expression)) {
        context.markReassociated(id);
      }
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

  private Translation<Block> aggregate(Aggregate aggregate, Optional<Scope> outer) {
    List<Expression> groups = Scala.list(aggregate.groupingExpressions());
    List<NamedExpression> list = Scala.list(aggregate.aggregateExpressions());
    for (Expression group : groups) {
      DataType type = group.dataType();
      if (type instanceof MapType || (!DuckTypes.isAtomic(type) && DuckTypes.holdsFloating(type))) {
        return Translation.refused(
            RefusalCode.TYPE_NOT_SUPPORTED,
            group.sql(),
            "grouping by " + type.sql() + " needs Spark's normal form of keys");
      }
      context.decidesRows(group, "a grouping key");
    }
    return translate(aggregate.child(), outer)
        .flatMap(
            child -> {
              boolean merges = child.isPlain() && child.isCheap() && child.orderBy().isEmpty();
              Block plain = merges ? child : seal(child);
              Block base = normaliseFloatKeys(plain, groups);
              ExpressionTranslator expressions = expressions(base, outer);
              return expressions
                  .all(groups)
                  .flatMap(
                      all -> {
                        // A constant key makes no groups, and DuckDB reads 1 as a column's place.
                        List<Sql> keys =
                            all.stream().filter(key -> !(key instanceof Sql.Literal)).toList();
                        boolean onlyConstants = keys.isEmpty() && !groups.isEmpty();
                        return outputs(list, expressions)
                            .map(
                                outputs ->
                                    base.withGroups(
                                        keys, outputs, having(keys, onlyConstants, aggregate)));
                      });
            });
  }

  // Constant keys make one group, or none over no rows. Without any key there is always one group,
  // which DuckDB only makes when it sees an aggregate function.
  private static Optional<Sql> having(List<Sql> keys, boolean onlyConstants, Aggregate aggregate) {
    boolean aggregates =
        Scala.<Expression>list(aggregate.expressions()).stream()
            .anyMatch(RelationTranslator::holdsAggregate);
    if (!keys.isEmpty() || (!onlyConstants && aggregates)) {
      return Optional.empty();
    }
    Sql rows = Sql.aggregate("count", new Sql.Star());
    return Optional.of(Sql.infix(rows, onlyConstants ? ">" : ">=", Sql.literal("0")));
  }

  private static boolean holdsAggregate(Expression e) {
    return e instanceof AggregateExpression
        || Scala.<Expression>list(e.children()).stream()
            .anyMatch(RelationTranslator::holdsAggregate);
  }

  // Spark groups -0.0 with 0.0 and shows 0.0; DuckDB shows whichever came first.
  private Block normaliseFloatKeys(Block child, List<Expression> groups) {
    List<Long> floats = new ArrayList<>();
    for (Expression group : groups) {
      if (DuckTypes.isFloating(group.dataType()) && group instanceof AttributeReference key) {
        floats.add(key.exprId().id());
      }
    }
    if (floats.isEmpty()) {
      return child;
    }
    List<Block.Output> outputs = new ArrayList<>();
    for (Block.Output output : child.outputs()) {
      outputs.add(
          floats.contains(output.id())
              ? new Block.Output(output.id(), output.name(), withoutNegativeZero(output.sql()))
              : output);
    }
    return seal(child.withOutputs(outputs));
  }

  private static Sql withoutNegativeZero(Sql value) {
    return Sql.iff(Sql.infix(value, "=", Sql.literal("0")), Sql.literal("0"), value);
  }

  private Translation<Block> join(Join join, Optional<Scope> outer) {
    String kind;
    String type = join.joinType().sql();
    switch (type) {
      case "INNER", "CROSS" -> kind = join.condition().isEmpty() ? "CROSS JOIN" : "JOIN";
      case "LEFT OUTER" -> kind = "LEFT JOIN";
      case "RIGHT OUTER" -> kind = "RIGHT JOIN";
      case "FULL OUTER" -> kind = "FULL JOIN";
      case "LEFT SEMI" -> kind = "SEMI JOIN";
      case "LEFT ANTI" -> kind = "ANTI JOIN";
      default -> {
        return refuse(join, "a " + type + " join has no exact translation yet");
      }
    }
    Translation<Block> left = translate(join.left(), outer);
    Translation<Block> right = translate(join.right(), outer);
    return Translation.all(List.of(left, right))
        .flatMap(
            sides -> {
              Block l = sides.get(0).isBare() ? sides.get(0) : seal(sides.get(0));
              Block r = sides.get(1).isBare() ? sides.get(1) : seal(sides.get(1));
              List<Block.Output> both = new ArrayList<>(l.outputs());
              both.addAll(r.outputs());
              boolean leftOnly = kind.equals("SEMI JOIN") || kind.equals("ANTI JOIN");
              Block joined = Block.of(Optional.empty(), both);
              Translation<Optional<Sql>> condition =
                  Scala.optional(join.condition())
                      .map(
                          on -> {
                            context.decidesRows(on, "a join condition");
                            return expressions(joined, outer).translate(on).map(Optional::of);
                          })
                      .orElse(
                          Translation.done(
                              kind.equals("CROSS JOIN")
                                  ? Optional.empty()
                                  : Optional.of(Sql.literal("TRUE"))));
              return condition.map(
                  on ->
                      Block.of(
                          Optional.of(
                              new Query.From.Join(
                                  l.from().orElseThrow(), kind, r.from().orElseThrow(), on)),
                          leftOnly ? l.outputs() : both));
            });
  }

  private Translation<Block> lateralJoin(LateralJoin join, Optional<Scope> outer) {
    String type = join.joinType().sql();
    if (!List.of("INNER", "CROSS", "LEFT OUTER").contains(type)) {
      return refuse(join, "a lateral " + type + " join has no exact translation yet");
    }
    return translate(join.left(), outer)
        .flatMap(
            child -> {
              Block left = child.isBare() ? child : seal(child);
              Scope scope = new Scope(left.names(), outer);
              LogicalPlan inner = context.frontEnd().finish(join.right().plan());
              return translate(inner, Optional.of(scope))
                  .flatMap(
                      right -> {
                        String alias = context.nextAlias();
                        Block sealed = right.seal(alias);
                        List<Block.Output> both = new ArrayList<>(left.outputs());
                        both.addAll(sealed.outputs());
                        Query.From from = new Query.From.Lateral(right.query(), alias);
                        Block joined = Block.of(Optional.empty(), both);
                        Translation<Sql> on =
                            Scala.optional(join.condition())
                                .map(c -> expressions(joined, outer).translate(c))
                                .orElse(Translation.done(Sql.literal("TRUE")));
                        return on.map(
                            condition ->
                                Block.of(
                                    Optional.of(
                                        new Query.From.Join(
                                            left.from().orElseThrow(),
                                            type.equals("LEFT OUTER") ? "LEFT JOIN" : "JOIN",
                                            from,
                                            Optional.of(condition))),
                                    both));
                      });
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
              if (child.orderBy().isEmpty()) {
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

  private Translation<Block> distinct(Distinct distinct, Optional<Scope> outer) {
    for (Attribute attribute : Scala.<Attribute>list(distinct.output())) {
      context.decidesRows(attribute, "DISTINCT");
      if (!DuckTypes.isAtomic(attribute.dataType())
          && DuckTypes.holdsFloating(attribute.dataType())) {
        return Translation.refused(
            RefusalCode.TYPE_NOT_SUPPORTED,
            attribute.sql(),
            "DISTINCT over " + attribute.dataType().sql() + " needs Spark's normal form of keys");
      }
    }
    return translate(distinct.child(), outer)
        .map(
            child -> {
              boolean fits =
                  !child.distinct()
                      && !child.windowed()
                      && child.limit().isEmpty()
                      && child.offset().isEmpty();
              Block base = fits ? child : seal(child);
              return normalised(base, distinct).withDistinct();
            });
  }

  private static Block normalised(Block block, LogicalPlan plan) {
    List<Attribute> attributes = Scala.list(plan.output());
    List<Block.Output> outputs = new ArrayList<>();
    for (int i = 0; i < block.outputs().size(); i++) {
      Block.Output output = block.outputs().get(i);
      outputs.add(
          DuckTypes.isFloating(attributes.get(i).dataType())
              ? new Block.Output(output.id(), output.name(), withoutNegativeZero(output.sql()))
              : output);
    }
    return block.withOutputs(outputs);
  }

  private Translation<Block> setOperation(
      String operator, List<LogicalPlan> branches, LogicalPlan plan, Optional<Scope> outer) {
    List<Attribute> output = Scala.list(plan.output());
    boolean comparesRows = !operator.equals("UNION ALL");
    for (Attribute attribute : output) {
      if (comparesRows && DuckTypes.holdsFloating(attribute.dataType())) {
        // Rows are compared as keys, and the result shows the left side's own -0.0.
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
      for (int i = 0; i < columns.size(); i++) {
        if (context.isReassociated(columns.get(i))) {
          context.markReassociated(output.get(i).exprId().id());
        }
      }
      queries.add(translate(branch, outer).map(block -> exactly(block, branch).query()));
      for (int i = 0; i < columns.size(); i++) {
        if (context.isReassociated(columns.get(i))) {
          context.markReassociated(output.get(i).exprId().id());
        }
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

  private Translation<Block> view(View view, Optional<Scope> outer) {
    return translate(view.child(), outer);
  }

  private Translation<Block> source(DataSourceV2Relation relation, SourceTable table) {
    context.readsFrom(table.name());
    if (table.relation() instanceof Relation.OnSpark onSpark) {
      return Translation.refused(List.of(onSpark.why()));
    }
    Relation.Native source = (Relation.Native) table.relation();
    String alias = context.nextAlias();
    List<Sql> columns = source.columns().apply(alias);
    List<AttributeReference> attributes = Scala.list(relation.output());
    List<Block.Output> outputs = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    for (int i = 0; i < attributes.size(); i++) {
      AttributeReference attribute = attributes.get(i);
      outputs.add(new Block.Output(attribute.exprId().id(), attribute.name(), columns.get(i)));
    }
    return refusals.isEmpty()
        ? Translation.done(Block.of(Optional.of(source.from().apply(alias)), outputs))
        : Translation.refused(refusals);
  }

  private Translation<Block> with(WithCTE with, Optional<Scope> outer) {
    List<Translation<Query.Definition>> definitions = new ArrayList<>();
    for (CTERelationDef definition : Scala.<CTERelationDef>list(with.cteDefs())) {
      definitions.add(define(definition, outer));
    }
    return Translation.all(definitions)
        .flatMap(all -> translate(with.plan(), outer).map(block -> block.withDefinitions(all)));
  }

  private Translation<Query.Definition> define(CTERelationDef definition, Optional<Scope> outer) {
    String name =
        "cte"
            + definition.id()
            + (definition.child() instanceof SubqueryAlias alias ? "_" + alias.alias() : "");
    return translate(definition.child(), outer)
        .map(
            block -> {
              List<Attribute> columns = Scala.list(definition.child().output());
              context.define(
                  definition.id(),
                  new TranslationContext.Cte(
                      name,
                      block.columnNames(),
                      columns.stream().map(context::isReassociated).toList()));
              return new Query.Definition(name, exactly(block, definition.child()).query());
            });
  }

  private Translation<Block> cteReference(CTERelationRef reference) {
    Optional<TranslationContext.Cte> found = context.cte(reference.cteId());
    if (reference.recursive() || found.isEmpty()) {
      return refuse(reference, "a recursive common table expression has no exact translation yet");
    }
    TranslationContext.Cte cte = found.get();
    String alias = context.nextAlias();
    List<Attribute> attributes = Scala.list(reference.output());
    List<Block.Output> outputs = new ArrayList<>();
    for (int i = 0; i < attributes.size(); i++) {
      Attribute attribute = attributes.get(i);
      if (cte.reassociated().get(i)) {
        context.markReassociated(attribute.exprId().id());
      }
      outputs.add(
          new Block.Output(
              attribute.exprId().id(),
              attribute.name(),
              new Sql.Column(alias, cte.columns().get(i))));
    }
    String text = dev.kindling.embedded.sql.SqlPrinter.name(cte.name());
    return Translation.done(
        Block.of(Optional.of(new Query.From.Table(text, alias, List.of())), outputs));
  }

  private Translation<Block> generate(Generate generate, Optional<Scope> outer) {
    Generator generator = generate.generator();
    boolean positions = generator instanceof PosExplode;
    if (!(generator instanceof Explode || positions)) {
      return refuse(generate, "the generator " + ((Expression) generator).prettyName());
    }
    Expression collection = ((Expression) generator).children().head();
    if (!(collection.dataType() instanceof ArrayType)) {
      return refuse(generate, "exploding " + collection.dataType().sql());
    }
    return translate(generate.child(), outer)
        .flatMap(
            child -> {
              Block base = child.isPlain() && child.isCheap() ? child : seal(child);
              return expressions(base, outer)
                  .translate(collection)
                  .map(array -> seal(exploded(base, array, generate, positions)));
            });
  }

  private static Block exploded(Block base, Sql array, Generate generate, boolean positions) {
    Sql values = array;
    if (generate.outer()) {
      // EXPLODE_OUTER keeps the row of an empty or absent array, with NULL as its element.
      Sql none =
          Sql.infix(
              Sql.call("coalesce", Sql.call("len", array), Sql.literal("0")),
              "=",
              Sql.literal("0"));
      values = Sql.iff(none, Sql.call("list_value", Sql.literal("NULL")), array);
    }
    List<Attribute> generated = Scala.list(generate.generatorOutput());
    List<Block.Output> outputs = new ArrayList<>(base.outputs());
    if (positions) {
      Sql position =
          Sql.infix(
              Sql.call("generate_subscripts", values, Sql.literal("1")), "-", Sql.literal("1"));
      if (generate.outer()) {
        position = Sql.when(Sql.infix(Sql.call("len", array), ">", Sql.literal("0")), position);
      }
      outputs.add(
          new Block.Output(
              generated.get(0).exprId().id(),
              generated.get(0).name(),
              Sql.cast(position, "INTEGER")));
    }
    Attribute element = generated.get(positions ? 1 : 0);
    outputs.add(
        new Block.Output(element.exprId().id(), element.name(), Sql.call("unnest", values)));
    return base.withOutputs(outputs);
  }

  // Expand(projections) → one copy of each row per projection, by a join with the copy's number.
  private Translation<Block> expand(Expand expand, Optional<Scope> outer) {
    List<scala.collection.immutable.Seq<Expression>> projections = Scala.list(expand.projections());
    List<Attribute> output = Scala.list(expand.output());
    return translate(expand.child(), outer)
        .flatMap(
            child -> {
              Block base = child.isBare() ? child : seal(child);
              String copies = context.nextAlias();
              Sql copy = new Sql.Column(copies, "copy");
              ExpressionTranslator expressions = expressions(base, outer);
              List<Translation<Block.Output>> outputs = new ArrayList<>();
              for (int column = 0; column < output.size(); column++) {
                outputs.add(expanded(projections, column, output.get(column), copy, expressions));
              }
              List<List<Sql>> numbers = new ArrayList<>();
              for (int i = 0; i < projections.size(); i++) {
                numbers.add(List.of(Sql.literal(Integer.toString(i))));
              }
              Query.From from =
                  new Query.From.Join(
                      base.from().orElseThrow(),
                      "CROSS JOIN",
                      new Query.From.Sub(new Query.Values(numbers), copies, List.of("copy")),
                      Optional.empty());
              return Translation.all(outputs).map(all -> seal(Block.of(Optional.of(from), all)));
            });
  }

  private static Translation<Block.Output> expanded(
      List<scala.collection.immutable.Seq<Expression>> projections,
      int column,
      Attribute attribute,
      Sql copy,
      ExpressionTranslator expressions) {
    List<Translation<Sql>> choices = new ArrayList<>();
    for (scala.collection.immutable.Seq<Expression> projection : projections) {
      choices.add(expressions.translate(projection.apply(column)));
    }
    return Translation.all(choices)
        .map(
            values -> {
              Sql value = values.get(0);
              if (values.stream().distinct().count() > 1) {
                List<Sql.When> whens = new ArrayList<>();
                for (int i = 0; i < values.size(); i++) {
                  Sql number = Sql.literal(Integer.toString(i));
                  whens.add(new Sql.When(Sql.infix(copy, "=", number), values.get(i)));
                }
                value = new Sql.Case(whens, Optional.empty());
              }
              return new Block.Output(attribute.exprId().id(), attribute.name(), value);
            });
  }

  private Translation<Block> localRelation(LocalRelation local) {
    List<Attribute> output = Scala.list(local.output());
    List<Translation<List<Sql>>> rows = new ArrayList<>();
    for (InternalRow row : Scala.<InternalRow>list(local.data())) {
      List<Translation<Sql>> values = new ArrayList<>();
      for (int i = 0; i < output.size(); i++) {
        DataType type = output.get(i).dataType();
        values.add(Literals.of(row.isNullAt(i) ? null : row.get(i, type), type));
      }
      rows.add(Translation.all(values));
    }
    return Translation.all(rows).map(values -> values(output, values));
  }

  private Block values(List<Attribute> output, List<List<Sql>> rows) {
    String alias = context.nextAlias();
    if (rows.isEmpty() || output.isEmpty()) {
      List<Block.Output> nothing = new ArrayList<>();
      for (Attribute attribute : output) {
        String type = DuckTypes.of(attribute.dataType()).orElseThrow();
        nothing.add(
            new Block.Output(
                attribute.exprId().id(), attribute.name(), Sql.cast(Sql.literal("NULL"), type)));
      }
      Query.From numbers = new Query.From.Table("range(" + rows.size() + ")", alias, List.of());
      return seal(Block.of(Optional.of(numbers), nothing));
    }
    List<String> names = new ArrayList<>();
    Map<String, Integer> taken = new HashMap<>();
    List<Block.Output> outputs = new ArrayList<>();
    for (Attribute attribute : output) {
      String name = attribute.name();
      int times = taken.merge(name.toLowerCase(java.util.Locale.ROOT), 1, Integer::sum);
      names.add(times == 1 ? name : name + "_" + times);
    }
    for (int i = 0; i < output.size(); i++) {
      Attribute attribute = output.get(i);
      String type = DuckTypes.of(attribute.dataType()).orElseThrow();
      outputs.add(
          new Block.Output(
              attribute.exprId().id(),
              attribute.name(),
              Sql.cast(new Sql.Column(alias, names.get(i)), type)));
    }
    return seal(
        Block.of(Optional.of(new Query.From.Sub(new Query.Values(rows), alias, names)), outputs));
  }

  private Translation<Block> range(Range range) {
    String alias = context.nextAlias();
    String text =
        "range(%d::BIGINT, %d::BIGINT, %d::BIGINT)"
            .formatted(range.start(), range.end(), range.step());
    Attribute id = Scala.<Attribute>list(range.output()).get(0);
    return Translation.done(
        Block.of(
            Optional.of(new Query.From.Table(text, alias, List.of("id"))),
            List.of(new Block.Output(id.exprId().id(), "id", new Sql.Column(alias, "id")))));
  }
}
