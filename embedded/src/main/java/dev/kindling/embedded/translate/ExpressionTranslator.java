package dev.kindling.embedded.translate;

import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Nondeterministic;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.trees.Origin;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Turns expressions into SQL within one scope. The only recursive method is {@link #translate}. */
final class ExpressionTranslator {
  private final TranslationContext context;
  private final Scope scope;

  ExpressionTranslator(TranslationContext context, Scope scope) {
    this.context = context;
    this.scope = scope;
  }

  TranslationContext context() {
    return context;
  }

  Scope scope() {
    return scope;
  }

  /** A translator that also knows the given names: lambda variables. */
  ExpressionTranslator with(Map<Long, Sql> names) {
    return new ExpressionTranslator(context, scope.with(names));
  }

  Translation<Sql> translate(Expression expression) {
    Optional<Rule> rule = RuleTable.find(expression);
    if (rule.isEmpty()) {
      return unlisted(expression);
    }
    if (DuckTypes.of(expression.dataType()).isEmpty() && !(expression instanceof Literal)) {
      return refuse(
          expression,
          RefusalCode.TYPE_NOT_SUPPORTED,
          "values of type " + expression.dataType().sql() + " cannot be held exactly");
    }
    return rule.get().builder().build(expression, this);
  }

  // Children are looked at even though the expression itself is refused: one report has all
  // reasons.
  private Translation<Sql> unlisted(Expression expression) {
    List<Refusal> reasons = new ArrayList<>();
    boolean random = expression instanceof Nondeterministic;
    reasons.addAll(
        refuse(
                expression,
                random ? RefusalCode.NOT_DETERMINISTIC : RefusalCode.FUNCTION_NOT_SUPPORTED,
                random
                    ? expression.prettyName() + " takes its values from Spark's own tasks"
                    : "no exact translation of " + expression.prettyName() + " yet")
            .reasonsOrNone());
    for (Expression child : Scala.<Expression>list(expression.children())) {
      if (RuleTable.find(child).isPresent()) {
        reasons.addAll(translate(child).reasonsOrNone());
      }
    }
    return Translation.refused(reasons.stream().distinct().toList());
  }

  Translation<List<Sql>> children(Expression expression) {
    return all(Scala.list(expression.children()));
  }

  Translation<List<Sql>> all(List<? extends Expression> expressions) {
    List<Translation<Sql>> parts = new ArrayList<>();
    expressions.forEach(expression -> parts.add(translate(expression)));
    return Translation.all(parts);
  }

  Translation<Sql.SortKey> sortKey(SortOrder order) {
    DataType type = order.child().dataType();
    return translate(order.child())
        .flatMap(value -> NestedOrder.key(value, type))
        .map(
            sql ->
                new Sql.SortKey(
                    sql,
                    order.direction() == Ascending$.MODULE$,
                    order.nullOrdering() == NullsFirst$.MODULE$));
  }

  /** Whether a value of the type may have a NULL inside. */
  static boolean holdsNulls(DataType type) {
    if (type instanceof ArrayType array) {
      return array.containsNull() || holdsNulls(array.elementType());
    }
    if (type instanceof MapType) {
      return true;
    }
    if (type instanceof StructType struct) {
      for (StructField field : struct.fields()) {
        if (field.nullable() || holdsNulls(field.dataType())) {
          return true;
        }
      }
    }
    return false;
  }

  /** Spark's own code for this expression, called by DuckDB. */
  Translation<Sql> sparkCode(Expression expression) {
    return context.sparkCode().call(expression, this);
  }

  /** {@code fast} where {@code guard} holds, Spark's own code for the other values. */
  Translation<Sql> guarded(Expression expression, Sql guard, Sql fast) {
    return sparkCode(expression).map(slow -> Sql.iff(guard, fast, slow));
  }

  static <T> Translation<T> refuse(Expression expression, RefusalCode code, String detail) {
    Origin origin = expression.origin();
    OptionalInt line =
        Scala.optional(origin.line())
            .map(found -> OptionalInt.of((Integer) found))
            .orElse(OptionalInt.empty());
    OptionalInt column =
        Scala.optional(origin.startPosition())
            .map(found -> OptionalInt.of((Integer) found + 1))
            .orElse(OptionalInt.empty());
    return Translation.refused(
        List.of(new Refusal(code, words(expression, origin), detail, line, column)));
  }

  /** The user's own words for an expression, where Spark still knows them. */
  private static String words(Expression expression, Origin origin) {
    String text = null;
    if (origin.sqlText().isDefined()
        && origin.startIndex().isDefined()
        && origin.stopIndex().isDefined()) {
      String sql = origin.sqlText().get();
      int start = (Integer) (Object) origin.startIndex().get();
      int stop = (Integer) (Object) origin.stopIndex().get() + 1;
      text = start >= 0 && stop <= sql.length() && start < stop ? sql.substring(start, stop) : null;
    }
    // Some replaced functions carry the place of the whole query.
    boolean whole = text == null || text.regionMatches(true, 0, "SELECT", 0, 6);
    String words = (whole ? expression.sql() : text).replaceAll("\\s+", " ");
    return words.length() > 120 ? words.substring(0, 117) + "..." : words;
  }
}
