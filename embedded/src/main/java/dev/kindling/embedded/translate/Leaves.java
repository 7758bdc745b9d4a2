package dev.kindling.embedded.translate;

import dev.kindling.embedded.Refusal;
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
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.types.DataType;

/** Where rows come from. */
final class Leaves extends OperatorFamily {
  Leaves(RelationTranslator relations, TranslationContext context) {
    super(relations, context);
  }

  Translation<Block> source(DataSourceV2Relation relation, SourceTable table) {
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

  Translation<Block> localRelation(LocalRelation local) {
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
      String name = attribute.name().isEmpty() ? "c" + names.size() : attribute.name();
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

  Translation<Block> range(Range range) {
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
