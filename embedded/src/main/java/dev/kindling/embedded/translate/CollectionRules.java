package dev.kindling.embedded.translate;

import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.ArrayFilter;
import org.apache.spark.sql.catalyst.expressions.ArrayTransform;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.ElementAt;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetArrayItem;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.Size;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructField;

/** Arrays and structs. */
final class CollectionRules {
  static final List<Rule> RULES =
      List.of(
          Rule.of(
              CreateArray.class,
              (e, a) ->
                  Sql.cast(
                      new Sql.Call("list_value", a), DuckTypes.of(e.dataType()).orElseThrow())),
          Rule.custom(CreateNamedStruct.class, CollectionRules::struct),
          Rule.custom(GetStructField.class, CollectionRules::field),
          Rule.custom(
              Size.class,
              (e, t) ->
                  SparkCode.readsNestedFromSpark(e)
                      ? t.sparkCode(e)
                      : t.translate(e.child()).map(collection -> size(e, collection))),
          Rule.custom(ElementAt.class, CollectionRules::elementAt),
          Rule.custom(GetArrayItem.class, CollectionRules::arrayItem),
          Rule.custom(
              ArrayTransform.class,
              (e, t) -> higher("list_transform", e.argument(), e.function(), t)),
          Rule.custom(
              ArrayFilter.class, (e, t) -> higher("list_filter", e.argument(), e.function(), t)));

  private CollectionRules() {}

  private static Translation<Sql> elementAt(ElementAt e, ExpressionTranslator t) {
    boolean array = e.left().dataType() instanceof ArrayType;
    if (!array || !e.failOnError() || SparkCode.readsNestedFromSpark(e)) {
      return t.sparkCode(e);
    }
    return t.children(e)
        .map(
            a -> {
              // Both count from 1, and from -1 at the end; DuckDB gives NULL outside.
              Sql index = a.get(1);
              Sql length = Sql.call("len", a.get(0));
              Sql outside =
                  Sql.infix(
                      Sql.infix(index, "=", Sql.literal("0")),
                      "OR",
                      Sql.infix(Sql.call("abs", index), ">", length));
              return inside(outside, Sql.call("list_extract", a.get(0), index));
            });
  }

  private static Translation<Sql> arrayItem(GetArrayItem e, ExpressionTranslator t) {
    if (!e.failOnError() || SparkCode.readsNestedFromSpark(e)) {
      return t.sparkCode(e);
    }
    return t.children(e)
        .map(
            a -> {
              Sql index = a.get(1);
              Sql outside =
                  Sql.infix(
                      Sql.infix(index, "<", Sql.literal("0")),
                      "OR",
                      Sql.infix(index, ">=", Sql.call("len", a.get(0))));
              Sql next = Sql.infix(index, "+", Sql.literal("1"));
              return inside(outside, Sql.call("list_extract", a.get(0), next));
            });
  }

  private static Sql inside(Sql outside, Sql element) {
    return Sql.iff(outside, Sql.call("error", Sql.string("index out of bounds")), element);
  }

  private static Translation<Sql> struct(CreateNamedStruct e, ExpressionTranslator t) {
    List<String> names = new ArrayList<>();
    for (StructField field : e.dataType().fields()) {
      names.add(field.name());
    }
    return t.all(Scala.<Expression>list(e.valExprs()))
        .map(
            values ->
                Sql.cast(new Sql.Struct(names, values), DuckTypes.of(e.dataType()).orElseThrow()));
  }

  private static Translation<Sql> field(GetStructField e, ExpressionTranslator t) {
    String name = e.childSchema().fields()[e.ordinal()].name();
    return t.translate(e.child())
        .map(struct -> Sql.call("struct_extract", struct, Sql.string(name)));
  }

  private static Sql size(Size e, Sql collection) {
    boolean map = e.child().dataType() instanceof org.apache.spark.sql.types.MapType;
    Sql count = Sql.cast(Sql.call(map ? "cardinality" : "len", collection), "INTEGER");
    return e.legacySizeOfNull() ? Sql.call("coalesce", count, Sql.literal("-1")) : count;
  }

  private static Translation<Sql> higher(
      String name, Expression array, Expression function, ExpressionTranslator t) {
    LambdaFunction lambda = (LambdaFunction) function;
    List<NamedExpression> variables = Scala.list(lambda.arguments());
    List<String> parameters = new ArrayList<>();
    Map<Long, Sql> names = new HashMap<>();
    for (int i = 0; i < variables.size(); i++) {
      // DuckDB takes a column of that name in its place, where there is one.
      String parameter = "kindling_x" + variables.get(i).exprId().id();
      parameters.add(parameter);
      // The second parameter is the position, which DuckDB counts from 1.
      Sql value = new Sql.Name(parameter);
      names.put(
          variables.get(i).exprId().id(),
          i == 0 ? value : Sql.cast(Sql.infix(value, "-", Sql.literal("1")), "INTEGER"));
    }
    return t.translate(array)
        .flatMap(
            values ->
                t.with(names)
                    .translate(lambda.function())
                    .map(body -> Sql.call(name, values, new Sql.Lambda(parameters, body))));
  }
}
