package dev.kindling.embedded.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.junit.jupiter.api.Test;

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
}
