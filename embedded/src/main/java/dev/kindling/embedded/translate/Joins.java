package dev.kindling.embedded.translate;

import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.sql.Query;
import dev.kindling.embedded.sql.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.plans.ExistenceJoin;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LateralJoin;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Joins, lateral ones too. */
final class Joins extends OperatorFamily {
  /** Stands for a column that no attribute of a plan has. */
  private static final long MATCH = -1;

  Joins(RelationTranslator relations, TranslationContext context) {
    super(relations, context);
  }

  Translation<Block> join(Join join, Optional<Scope> outer) {
    if (join.joinType() instanceof ExistenceJoin exists) {
      return existence(join, exists.exists(), outer);
    }
    String kind;
    String type = join.joinType().sql();
    switch (type) {
      case "INNER", "CROSS" -> kind = join.condition().isEmpty() ? "CROSS JOIN" : "JOIN";
      case "LEFT OUTER" -> kind = "LEFT JOIN";
      case "RIGHT OUTER" -> kind = "RIGHT JOIN";
      case "FULL OUTER" -> kind = "FULL JOIN";
      case "LEFT SINGLE" -> {
        return single(join, outer);
      }
      case "LEFT SEMI" -> kind = "SEMI JOIN";
      case "LEFT ANTI" -> kind = "ANTI JOIN";
      default -> {
        return refuse(join, "a " + type + " join has no exact translation yet");
      }
    }
    if (Scala.optional(join.condition())
        .filter(on -> SubqueryGuards.keepsFrom(join, on))
        .isPresent()) {
      return refuse(join, "this subquery in a join condition");
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

  // Join(l, r, ExistenceJoin(e), on) → SELECT l.*, EXISTS (SELECT 1 FROM r WHERE on) AS e FROM l
  private Translation<Block> existence(Join join, Attribute exists, Optional<Scope> outer) {
    return translate(join.left(), outer)
        .flatMap(
            child -> {
              Block left = child.isBare() ? child : seal(child);
              Scope scope = new Scope(left.names(), outer);
              LogicalPlan matching = matching(join);
              return translate(matching, Optional.of(scope))
                  .map(
                      block -> {
                        List<Block.Output> outputs = new ArrayList<>(left.outputs());
                        outputs.add(
                            new Block.Output(
                                exists.exprId().id(),
                                exists.name(),
                                new Sql.Exists(block.query())));
                        return left.withOutputs(outputs);
                      });
            });
  }

  // Join(l, r, LeftSingle, on) → SELECT l.*, s.* of (SELECT l.*, (SELECT row FROM r WHERE on) AS s
  // FROM l): of a scalar subquery DuckDB too raises an error when it has several rows.
  private Translation<Block> single(Join join, Optional<Scope> outer) {
    return translate(join.left(), outer)
        .flatMap(
            child -> {
              Block left = child.isBare() ? child : seal(child);
              Scope scope = new Scope(left.names(), outer);
              LogicalPlan matching = matching(join);
              return translate(matching, Optional.of(scope))
                  .map(block -> withOnlyMatch(left, RelationTranslator.exactly(block, matching)));
            });
  }

  /** The right rows that fit the left one, as a query that the left one is outside of. */
  private static LogicalPlan matching(Join join) {
    return join.condition().isEmpty()
        ? join.right()
        : new Filter(outside(join.condition().get(), join.left()), join.right());
  }

  private Block withOnlyMatch(Block left, Block matching) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < matching.outputs().size(); i++) {
      names.add("c" + i);
    }
    Sql row = new Sql.Struct(names, matching.outputs().stream().map(Block.Output::sql).toList());
    Block one = matching.withOutputs(List.of(new Block.Output(MATCH, "matching", row)));
    List<Block.Output> outputs = new ArrayList<>(left.outputs());
    outputs.add(new Block.Output(MATCH, "matching", new Sql.ScalarQuery(one.query())));
    Block both = seal(left.withOutputs(outputs));
    List<Block.Output> columns = new ArrayList<>(both.outputs());
    Sql match = columns.remove(columns.size() - 1).sql();
    for (int i = 0; i < names.size(); i++) {
      Block.Output column = matching.outputs().get(i);
      columns.add(
          new Block.Output(
              column.id(),
              column.name(),
              Sql.call("struct_extract", match, Sql.string(names.get(i)))));
    }
    return both.withOutputs(columns);
  }

  private static Expression outside(Expression condition, LogicalPlan outer) {
    return (Expression)
        condition.transform(
            Scala.partial(
                e ->
                    e instanceof Attribute column && outer.outputSet().contains(column)
                        ? Optional.of(new OuterReference(column))
                        : Optional.empty()));
  }

  Translation<Block> lateralJoin(LateralJoin join, Optional<Scope> outer) {
    String type = join.joinType().sql();
    if (!List.of("INNER", "CROSS", "LEFT OUTER").contains(type)) {
      return refuse(join, "a lateral " + type + " join has no exact translation yet");
    }
    if (type.equals("LEFT OUTER") && generates(join.right().plan())) {
      // Spark drops the rows for which nothing is generated, or keeps them, by what it optimises.
      return refuse(join, "a LEFT JOIN LATERAL of a function that gives rows");
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

  private static boolean generates(LogicalPlan plan) {
    return plan instanceof Generate
        || Scala.<LogicalPlan>list(plan.children()).stream().anyMatch(Joins::generates);
  }
}
