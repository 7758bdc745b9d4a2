package dev.kindling.embedded.translate;

import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Greatest;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.KnownFloatingPointNormalized;
import org.apache.spark.sql.catalyst.expressions.KnownNotContainsNull;
import org.apache.spark.sql.catalyst.expressions.KnownNotNull;
import org.apache.spark.sql.catalyst.expressions.KnownNullable;
import org.apache.spark.sql.catalyst.expressions.Least;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedLambdaVariable;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.RaiseError;
import org.apache.spark.sql.catalyst.expressions.SessionWindow;
import org.apache.spark.sql.catalyst.optimizer.NormalizeNaNAndZero;

/** Names, constants and choices. */
final class BasicRules {
  private static final String SESSION = SessionWindow.marker();

  static final List<Rule> RULES =
      List.of(
          Rule.custom(Literal.class, (literal, t) -> Literals.of(literal)),
          Rule.custom(Alias.class, BasicRules::alias),
          Rule.custom(AttributeReference.class, BasicRules::attribute),
          Rule.custom(
              OuterReference.class,
              (reference, t) ->
                  t.scope()
                      .findOuter(reference.e().exprId().id())
                      .map(Translation::done)
                      .orElseGet(() -> unknown(reference))),
          Rule.custom(
              NamedLambdaVariable.class,
              (variable, t) ->
                  t.scope()
                      .find(variable.exprId().id())
                      .map(Translation::done)
                      .orElseGet(() -> unknown(variable))),
          Rule.custom(KnownNotNull.class, (e, t) -> t.translate(e.child())),
          Rule.custom(KnownNullable.class, (e, t) -> t.translate(e.child())),
          Rule.custom(KnownFloatingPointNormalized.class, (e, t) -> t.translate(e.child())),
          Rule.of(NormalizeNaNAndZero.class, (e, a) -> withoutNegativeZero(a.get(0))),
          Rule.custom(KnownNotContainsNull.class, (e, t) -> t.translate(e.child())),
          // Spark, which then runs the query, words the error.
          Rule.custom(
              RaiseError.class,
              (e, t) ->
                  DuckTypes.of(e.dataType())
                      .map(type -> Sql.cast(Sql.call("error", Sql.string("raise_error")), type))
                      .map(Translation::done)
                      .orElseGet(() -> t.sparkCode(e))),
          Rule.of(If.class, (e, a) -> Sql.iff(a.get(0), a.get(1), a.get(2))),
          Rule.of(CaseWhen.class, (e, a) -> caseWhen(a)),
          Rule.call(Coalesce.class, "coalesce"),
          Rule.custom(Least.class, (e, t) -> extreme(e, "least", t)),
          Rule.custom(Greatest.class, (e, t) -> extreme(e, "greatest", t)));

  private BasicRules() {}

  /** A number as Spark groups and joins by it. */
  static Sql withoutNegativeZero(Sql value) {
    return Sql.iff(Sql.infix(value, "=", Sql.literal("0")), Sql.literal("0"), value);
  }

  // The windows of rows are merged by an operator that is not in an analysed plan.
  private static Translation<Sql> alias(Alias alias, ExpressionTranslator t) {
    return Scala.optional(alias.explicitMetadata()).filter(m -> m.contains(SESSION)).isPresent()
        ? ExpressionTranslator.refuse(
            alias, RefusalCode.FUNCTION_NOT_SUPPORTED, "no exact translation of session_window yet")
        : t.translate(alias.child());
  }

  private static Translation<Sql> attribute(AttributeReference attribute, ExpressionTranslator t) {
    if (attribute.metadata().contains(SESSION)) {
      return ExpressionTranslator.refuse(
          attribute,
          RefusalCode.FUNCTION_NOT_SUPPORTED,
          "no exact translation of session_window yet");
    }
    return t.scope()
        .find(attribute.exprId().id())
        .map(Translation::done)
        .orElseGet(() -> unknown(attribute));
  }

  private static Translation<Sql> unknown(Expression expression) {
    return ExpressionTranslator.refuse(
        expression, RefusalCode.OPERATOR_NOT_SUPPORTED, "this reference reaches too far out");
  }

  private static Sql caseWhen(List<Sql> arguments) {
    List<Sql.When> whens = new ArrayList<>();
    for (int i = 0; i + 1 < arguments.size(); i += 2) {
      whens.add(new Sql.When(arguments.get(i), arguments.get(i + 1)));
    }
    boolean hasElse = arguments.size() % 2 == 1;
    return new Sql.Case(
        whens, hasElse ? Optional.of(arguments.get(arguments.size() - 1)) : Optional.empty());
  }

  private static Translation<Sql> extreme(Expression e, String name, ExpressionTranslator t) {
    if (DuckTypes.isFloating(e.dataType())) {
      // Of 0.0 and -0.0, which are equal, Spark keeps the first.
      return t.sparkCode(e);
    }
    // Both skip NULLs; nested values are compared differently.
    return DuckTypes.isAtomic(e.dataType())
        ? t.children(e).map(arguments -> new Sql.Call(name, arguments))
        : t.sparkCode(e);
  }
}
