package dev.kindling.embedded.translate;

import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.sql.Sql;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;

/**
 * Functions that Catalyst has turned into calls of a Java method. The method decides, so these
 * rules have a key of their own: the class that holds it.
 */
final class InvokeRules {
  // Classes whose methods are pure functions of their arguments.
  private static final Set<String> PURE =
      Set.of(
          "Base64",
          "CharVarcharCodegenUtils",
          "Encode",
          "GetJsonObjectEvaluator",
          "JsonExpressionUtils",
          "ParseUrlEvaluator",
          "StringDecode",
          "ToNumberParser",
          "UrlCodec");

  static final List<Rule> RULES =
      List.of(
          new Rule(
              StaticInvoke.class,
              Rule.Form.SPARK_CODE,
              (e, t) -> invoke(e, ((StaticInvoke) e).staticObject().getSimpleName(), t)),
          new Rule(
              Invoke.class, Rule.Form.SPARK_CODE, (e, t) -> invoke(e, targetOf((Invoke) e), t)));

  private InvokeRules() {}

  private static String targetOf(Invoke invoke) {
    String type = invoke.targetObject().dataType().simpleString();
    return type.substring(type.lastIndexOf('.') + 1);
  }

  /** Whether a call may be evaluated inside a function of Spark's code. */
  static boolean isPure(Expression e) {
    if (e instanceof StaticInvoke invoke) {
      return PURE.contains(name(invoke.staticObject().getSimpleName()));
    }
    return !(e instanceof Invoke invoke) || PURE.contains(name(targetOf(invoke)));
  }

  private static String name(String scalaName) {
    return scalaName.endsWith("$") ? scalaName.substring(0, scalaName.length() - 1) : scalaName;
  }

  private static Translation<Sql> invoke(Expression e, String target, ExpressionTranslator t) {
    return isPure(e)
        ? t.sparkCode(e)
        : ExpressionTranslator.refuse(
            e,
            RefusalCode.FUNCTION_NOT_SUPPORTED,
            "no exact translation of a call of " + name(target) + " yet");
  }
}
