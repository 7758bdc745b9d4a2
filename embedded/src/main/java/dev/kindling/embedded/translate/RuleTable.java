package dev.kindling.embedded.translate;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
              KeyRules.RULES,
              IntervalRules.RULES,
              SparkCodeRules.RULES,
              InvokeRules.RULES));

  /** What stands in the place of a rule, or nothing; for tests of the tests. */
  private static final Map<Class<?>, Optional<Rule>> REPLACED = new ConcurrentHashMap<>();

  private RuleTable() {}

  /** Puts a rule in the place of the one for its class, until {@link #restore}. */
  static void replace(Rule rule) {
    REPLACED.put(rule.type(), Optional.of(rule));
  }

  /** Takes the rule for a class away, until {@link #restore}. */
  static void switchOff(Class<? extends Expression> type) {
    REPLACED.put(type, Optional.empty());
  }

  /** Brings the table back to what it is. */
  static void restore() {
    REPLACED.clear();
  }

  /** All rules, for audits. */
  static Collection<Rule> all() {
    return RULES.values();
  }

  static Optional<Rule> find(Expression expression) {
    Class<?> type = expression.getClass();
    Optional<Rule> replaced = REPLACED.get(type);
    return replaced != null ? replaced : Optional.ofNullable(RULES.get(type));
  }

  static Map<Class<?>, Rule> index(List<List<Rule>> families) {
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
