package dev.kindling.embedded.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.embedded.frontend.Scala;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionImplUtils;
import org.apache.spark.sql.catalyst.expressions.Substring;
import org.apache.spark.sql.catalyst.expressions.TimeZoneAwareExpression;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import scala.Option;

/** Audits of the whitelist as a whole. */
class RuleTableTest {
  /** How Catalyst classes call the part of them that ANSI mode decides. */
  private static final Set<String> MODES =
      Set.of("failOnError", "evalMode", "ansiEnabled", "nullOnOverflow", "legacySizeOfNull");

  /** Native rules that read the mode, or whose two modes DuckDB tells apart by raising. */
  private static final Set<String> REVIEWED =
      Set.of(
          "Abs",
          "Add",
          "BitwiseAnd",
          "BitwiseOr",
          "BitwiseXor",
          "Cast",
          "Divide",
          "ElementAt",
          "GetArrayItem",
          "IntegralDivide",
          "Multiply",
          "Remainder",
          "Round",
          "Size",
          "Subtract",
          "UnaryMinus");

  @Test
  void everyNativeRuleThatAnsiModeTouchesIsReviewed() {
    Set<String> found = new TreeSet<>();
    for (Rule rule : RuleTable.all()) {
      if (rule.form() == Rule.Form.NATIVE && hasMode(rule.type())) {
        found.add(rule.type().getSimpleName());
      }
    }
    assertThat(found).isEqualTo(new TreeSet<>(REVIEWED));
  }

  private static boolean hasMode(Class<? extends Expression> type) {
    return Arrays.stream(type.getMethods()).map(Method::getName).anyMatch(MODES::contains);
  }

  @Test
  void noRuleIsForAFunctionThatDiffersFromRunToRun() {
    assertThat(RuleTable.all())
        .extracting(Rule::type)
        .noneMatch(
            org.apache.spark.sql.catalyst.expressions.Nondeterministic.class::isAssignableFrom);
  }

  /** Native rules that follow the session's time zone: DuckDB has it too. */
  private static final Set<String> FOLLOW_THE_ZONE =
      Set.of("Cast", "Hour", "Minute", "Second", "TruncTimestamp");

  @Test
  void everyNativeRuleThatTheTimeZoneTouchesIsReviewed() {
    Set<String> found = new TreeSet<>();
    for (Rule rule : RuleTable.all()) {
      if (rule.form() == Rule.Form.NATIVE
          && TimeZoneAwareExpression.class.isAssignableFrom(rule.type())) {
        found.add(rule.type().getSimpleName());
      }
    }
    assertThat(found).isEqualTo(new TreeSet<>(FOLLOW_THE_ZONE));
  }

  @Test
  void aSecondRuleForAClassStopsTheStart() {
    Rule rule = Rule.sparkCode(Substring.class);
    assertThatThrownBy(() -> RuleTable.index(List.of(List.of(rule), List.of(rule))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Substring");
  }

  @Test
  void onlyListedMethodsAreCalled() {
    assertThat(InvokeRules.isPure(staticInvoke(ExpressionImplUtils.class, "isLuhnNumber")))
        .isTrue();
    assertThat(InvokeRules.isPure(staticInvoke(ExpressionImplUtils.class, "aesEncrypt"))).isFalse();
    assertThat(InvokeRules.isPure(staticInvoke(System.class, "nanoTime"))).isFalse();
  }

  private static Expression staticInvoke(Class<?> type, String method) {
    return new StaticInvoke(
        type,
        DataTypes.BooleanType,
        method,
        Scala.seq(List.of()),
        Scala.seq(List.of()),
        true,
        true,
        true,
        Option.empty());
  }
}
