package dev.kindling.embedded.translate;

import dev.kindling.embedded.sql.Sql;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** Changes to the table of rules, for tests that show what notices them. */
public final class RuleSwitch {
  private RuleSwitch() {}

  /** {@code <=>} as {@code =}: wrong only where a side is NULL. */
  public static void breakNullSafeEquality() {
    RuleTable.replace(Rule.of(EqualNullSafe.class, (e, a) -> Sql.infix(a.get(0), "=", a.get(1))));
  }

  /** The classes that have a rule, by name. */
  public static List<Class<? extends Expression>> classes() {
    Collection<Rule> rules = RuleTable.all();
    return rules.stream()
        .<Class<? extends Expression>>map(Rule::type)
        .sorted(java.util.Comparator.comparing(Class::getName))
        .toList();
  }

  public static void switchOff(Class<? extends Expression> type) {
    RuleTable.switchOff(type);
  }

  public static void restore() {
    RuleTable.restore();
  }
}
