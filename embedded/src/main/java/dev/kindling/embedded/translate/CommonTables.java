package dev.kindling.embedded.translate;

import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.sql.Query;
import dev.kindling.embedded.sql.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationDef;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.WithCTE;

/** Common table expressions. */
final class CommonTables extends OperatorFamily {
  CommonTables(RelationTranslator relations, TranslationContext context) {
    super(relations, context);
  }

  Translation<Block> with(WithCTE with, Optional<Scope> outer) {
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
                  definition.id(), new TranslationContext.Cte(name, block.columnNames(), columns));
              return new Query.Definition(
                  name, RelationTranslator.exactly(block, definition.child()).query());
            });
  }

  Translation<Block> cteReference(CTERelationRef reference) {
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
      context.inherit(cte.source().get(i), attribute.exprId().id());
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
}
