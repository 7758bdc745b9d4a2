package dev.kindling.embedded.translate;

import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Explode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Generator;
import org.apache.spark.sql.catalyst.expressions.Inline;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.PosExplode;
import org.apache.spark.sql.catalyst.expressions.Stack;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Functions that give several rows for one. Each becomes a list with one element per row, which is
 * unnested; an element of several columns is a struct, which is taken apart above.
 */
final class Generators extends OperatorFamily {
  Generators(RelationTranslator relations, TranslationContext context) {
    super(relations, context);
  }

  /**
   * A list of rows.
   *
   * @param list the list, one element per generated row
   * @param fields the fields of an element, in order; empty when the element is the value itself
   */
  private record Rows(Sql list, List<String> fields) {}

  Translation<Block> generate(Generate generate, Optional<Scope> outer) {
    return translate(generate.child(), outer)
        .flatMap(
            child -> {
              Block base = child.isPlain() && child.isCheap() ? child : seal(child);
              return rows(generate, expressions(base, outer))
                  .map(rows -> unnested(base, rows, generate));
            });
  }

  private Translation<Rows> rows(Generate generate, ExpressionTranslator expressions) {
    Generator generator = generate.generator();
    List<Expression> children = Scala.list(((Expression) generator).children());
    if (generator instanceof Explode || generator instanceof PosExplode) {
      Expression collection = children.get(0);
      if (collection.dataType() instanceof MapType) {
        return expressions
            .translate(collection)
            .map(map -> new Rows(Sql.call("map_entries", map), List.of("key", "value")));
      }
      return expressions.translate(collection).map(array -> new Rows(array, List.of()));
    }
    if (generator instanceof Inline) {
      StructType element = (StructType) ((ArrayType) children.get(0).dataType()).elementType();
      List<String> names = List.of(element.fieldNames());
      return expressions.translate(children.get(0)).map(array -> new Rows(array, names));
    }
    if (generator instanceof Stack stack) {
      return stack(stack, children, expressions);
    }
    return refuse(generate, "the generator " + ((Expression) generator).prettyName());
  }

  private static Translation<Rows> stack(
      Stack stack, List<Expression> children, ExpressionTranslator expressions) {
    int rows = ((Number) ((Literal) children.get(0)).value()).intValue();
    StructField[] columns = stack.elementSchema().fields();
    return expressions
        .all(children.subList(1, children.size()))
        .map(
            values -> {
              List<String> names = new ArrayList<>();
              for (int column = 0; column < columns.length; column++) {
                names.add("c" + column);
              }
              List<Sql> list = new ArrayList<>();
              for (int row = 0; row < rows; row++) {
                List<Sql> fields = new ArrayList<>();
                for (int column = 0; column < columns.length; column++) {
                  int place = row * columns.length + column;
                  Sql value = place < values.size() ? values.get(place) : Sql.literal("NULL");
                  fields.add(
                      Sql.cast(value, DuckTypes.of(columns[column].dataType()).orElseThrow()));
                }
                list.add(new Sql.Struct(names, fields));
              }
              return new Rows(new Sql.Call("list_value", list), names);
            });
  }

  private Block unnested(Block child, Rows rows, Generate generate) {
    boolean positions = generate.generator() instanceof PosExplode;
    List<Attribute> generated = Scala.list(generate.generatorOutput());
    Block base = child;
    Sql list = rows.list();
    if (!(list instanceof Sql.Column) && (positions || generate.outer())) {
      // The list is named more than once: it is worked out below.
      List<Block.Output> outputs = new ArrayList<>(base.outputs());
      Attribute first = generated.get(0);
      outputs.add(new Block.Output(first.exprId().id(), "generated", list));
      base = seal(base.withOutputs(outputs));
      list = base.outputs().get(outputs.size() - 1).sql();
      base = base.withOutputs(base.outputs().subList(0, outputs.size() - 1));
    }
    Sql values = list;
    if (generate.outer()) {
      // The row of an empty or absent list stays, with NULL as what is generated.
      Sql none =
          Sql.infix(
              Sql.call("coalesce", Sql.call("len", list), Sql.literal("0")), "=", Sql.literal("0"));
      values = Sql.iff(none, Sql.call("list_value", Sql.literal("NULL")), list);
    }
    List<Block.Output> outputs = new ArrayList<>(base.outputs());
    int kept = outputs.size();
    if (positions) {
      Sql position =
          Sql.infix(
              Sql.call("generate_subscripts", values, Sql.literal("1")), "-", Sql.literal("1"));
      if (generate.outer()) {
        position = Sql.when(Sql.infix(Sql.call("len", list), ">", Sql.literal("0")), position);
      }
      outputs.add(output(generated.get(0), Sql.cast(position, "INTEGER")));
    }
    List<Attribute> columns = generated.subList(positions ? 1 : 0, generated.size());
    outputs.add(output(columns.get(0), Sql.call("unnest", values)));
    Block block = seal(base.withOutputs(outputs));
    if (rows.fields().isEmpty()) {
      return block;
    }
    List<Block.Output> all =
        new ArrayList<>(block.outputs().subList(0, kept + (positions ? 1 : 0)));
    Sql element = block.outputs().get(outputs.size() - 1).sql();
    for (int i = 0; i < columns.size(); i++) {
      Sql field = Sql.call("struct_extract", element, Sql.string(rows.fields().get(i)));
      all.add(output(columns.get(i), field));
    }
    return seal(block.withOutputs(all));
  }

  private static Block.Output output(Attribute attribute, Sql value) {
    return new Block.Output(attribute.exprId().id(), attribute.name(), value);
  }
}
