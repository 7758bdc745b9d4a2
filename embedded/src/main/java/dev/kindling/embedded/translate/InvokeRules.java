package dev.kindling.embedded.translate;

import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.sql.Sql;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;

/**
 * Functions that Catalyst has turned into calls of a Java method. The method decides, so these
 * rules have a key of their own: the class that holds it.
 */
final class InvokeRules {
  // Methods that are pure functions of their arguments. aesEncrypt is not: it makes up a vector.
  private static final Set<String> PURE =
      Set.of(
          "ArrayExpressionUtils.binarySearch",
          "Base64.encode",
          "BitmapExpressionUtils.bitmapBitPosition",
          "BitmapExpressionUtils.bitmapBucketNumber",
          "BitmapExpressionUtils.bitmapCount",
          "ByteArray.lpad",
          "ByteArray.rpad",
          "ByteArrayMethods.contains",
          "ByteArrayMethods.endsWith",
          "ByteArrayMethods.startsWith",
          "CharVarcharCodegenUtils.charTypeWriteSideCheck",
          "CharVarcharCodegenUtils.readSidePadding",
          "CharVarcharCodegenUtils.varcharTypeWriteSideCheck",
          "Encode.encode",
          "ExpressionImplUtils.aesDecrypt",
          "ExpressionImplUtils.getSentences",
          "ExpressionImplUtils.isLuhnNumber",
          "ExpressionImplUtils.tryValidateUTF8String",
          "ExpressionImplUtils.validateUTF8String",
          "GetJsonObjectEvaluator.evaluate",
          "JsonExpressionUtils.jsonObjectKeys",
          "JsonExpressionUtils.lengthOfJsonArray",
          "ParseUrlEvaluator.evaluate",
          "StringDecode.decode",
          "StructsToJsonEvaluator.evaluate",
          "UrlCodec.decode",
          "UrlCodec.encode",
          "XPathEvaluator.evaluate",
          "string.isValid",
          "string.makeValid");

  static final List<Rule> RULES =
      List.of(
          new Rule(StaticInvoke.class, Rule.Form.SPARK_CODE, InvokeRules::invoke),
          new Rule(Invoke.class, Rule.Form.SPARK_CODE, InvokeRules::invoke));

  private InvokeRules() {}

  /** Whether a call may be evaluated inside a function of Spark's code. */
  static boolean isPure(Expression e) {
    return method(e).map(PURE::contains).orElse(true);
  }

  /** The method that an expression calls: its class and its name. */
  private static Optional<String> method(Expression e) {
    if (e instanceof StaticInvoke invoke) {
      String type = invoke.staticObject().getSimpleName();
      String name = type.endsWith("$") ? type.substring(0, type.length() - 1) : type;
      return Optional.of(name + "." + invoke.functionName());
    } else if (e instanceof Invoke invoke) {
      String type = invoke.targetObject().dataType().simpleString();
      return Optional.of(type.substring(type.lastIndexOf('.') + 1) + "." + invoke.functionName());
    }
    return Optional.empty();
  }

  private static Translation<Sql> invoke(Expression e, ExpressionTranslator t) {
    return isPure(e)
        ? t.sparkCode(e)
        : ExpressionTranslator.refuse(
            e,
            RefusalCode.FUNCTION_NOT_SUPPORTED,
            "no exact translation of a call of " + method(e).orElseThrow() + " yet");
  }
}
