package dev.kindling.embedded.translate;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** Every rule, by Catalyst class. A second rule for one class stops start-up. */
final class RuleTable {
  private static final Map<Class<?>, Rule> RULES =
      index(
          List.of(
              BasicRules.RULES,
              ArithmeticRules.RULES,
              PredicateRules.RULES,
              CastRules.RULES,
              StringRules.RULES,
              DateTimeRules.RULES,
              CollectionRules.RULES,
              SubqueryRules.RULES,
              WindowRules.RULES,
              SparkCodeRules.RULES,
              InvokeRules.RULES));

  private RuleTable() {}

  /** All rules, for audits. */
  static Collection<Rule> all() {
    return RULES.values();
  }

  static Optional<Rule> find(Expression expression) {
    return Optional.ofNullable(RULES.get(expression.getClass()));
  }

  private static Map<Class<?>, Rule> index(List<List<Rule>> families) {
    Map<Class<?>, Rule> rules = new HashMap<>();
    for (List<Rule> family : families) {
      for (Rule rule : family) {
        if (rules.put(rule.type(), rule) != null) {
          throw new IllegalStateException("two rules for " + rule.type().getName());
        }
      }
    }
    return rules;
  }
}
