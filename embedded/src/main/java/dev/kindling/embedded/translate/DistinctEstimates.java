package dev.kindling.embedded.translate;

import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.sql.Sql;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.XxHash64;
import org.apache.spark.sql.catalyst.expressions.aggregate.HyperLogLogPlusPlus;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import scala.Option;
import scala.collection.immutable.Seq;

/**
 * {@code approx_count_distinct}: a value becomes the register it belongs to and the rank it brings
 * there, by Spark's hash; the distinct ones of a group are few, and Spark's own estimate is made of
 * them. Registers keep the greatest rank, so the number does not depend on how rows are spread.
 */
final class DistinctEstimates {
  private DistinctEstimates() {}

  static Translation<Sql> of(
      HyperLogLogPlusPlus sketch, AggregateCalls calls, ExpressionTranslator t) {
    Expression value = sketch.child();
    Literal precision = new Literal(sketch.relativeSD(), DataTypes.DoubleType);
    Expression hash = new XxHash64(Scala.seq(List.of(value)));
    Expression register = call("register", DataTypes.IntegerType, List.of(hash, precision));
    return t.translate(value)
        .flatMap(
            present ->
                t.sparkCode(register)
                    .flatMap(
                        code -> {
                          AggregateCalls distinct =
                              new AggregateCalls(true, calls.filter(), calls.over());
                          Sql codes =
                              distinct.callWhere(
                                  Sql.isNotNull(present),
                                  "string_agg",
                                  Sql.cast(code, "VARCHAR"),
                                  Sql.string(","));
                          return estimate(codes, precision, t);
                        }));
  }

  private static Translation<Sql> estimate(Sql codes, Literal precision, ExpressionTranslator t) {
    AttributeReference registers =
        new AttributeReference(
            "registers",
            DataTypes.StringType,
            true,
            Metadata.empty(),
            NamedExpression.newExprId(),
            emptyNames());
    Expression estimate = call("estimate", DataTypes.LongType, List.of(registers, precision));
    return t.with(Map.of(registers.exprId().id(), codes))
        .sparkCode(estimate)
        .map(count -> Sql.call("coalesce", count, Sql.cast(Sql.literal("0"), "BIGINT")));
  }

  private static Seq<String> emptyNames() {
    return Scala.seq(List.<String>of());
  }

  private static Expression call(String method, DataType type, List<Expression> arguments) {
    return new StaticInvoke(
        DistinctRegisters.class,
        type,
        method,
        Scala.seq(arguments),
        Scala.seq(List.of()),
        true,
        true,
        true,
        Option.empty());
  }
}
