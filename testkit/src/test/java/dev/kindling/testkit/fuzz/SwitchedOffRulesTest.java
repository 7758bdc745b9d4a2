package dev.kindling.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.embedded.EngineFailure;
import dev.kindling.embedded.PreparedQuery;
import dev.kindling.embedded.SqlException;
import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.translate.RuleSwitch;
import dev.kindling.testkit.fuzz.Signatures.Signature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without one of its rules the embedded engine gives the same rows in another way, or none. */
@Tag("suite")
class SwitchedOffRulesTest {
  private static final int PROBES = 2;
  private static final int QUERIES_PER_RULE = 3;

  @TempDir Path folder;

  @AfterEach
  void restoreRules() {
    RuleSwitch.restore();
  }

  private record Known(String sql, List<String> rows) {}

  @Test
  void noRuleDecidesWhatTheRowsAre() {
    List<Data.Table> tables = new Data(new Random(21)).tables();
    QueryGenerator generator = new QueryGenerator(new Random(22), tables);
    try (Bed bed = new Bed(folder, tables)) {
      Map<Class<?>, List<Known>> queries = queries(bed, generator);
      List<String> different = new ArrayList<>();
      List<String> unproven = new ArrayList<>();
      int otherWay = 0;
      for (Class<? extends Expression> rule : RuleSwitch.classes()) {
        List<Known> known = queries.getOrDefault(rule, List.of());
        if (known.isEmpty()) {
          unproven.add(rule.getSimpleName());
        }
        RuleSwitch.switchOff(rule);
        for (Known query : known) {
          Optional<List<String>> rows = rows(bed, query.sql());
          otherWay += rows.isPresent() ? 1 : 0;
          if (rows.isPresent() && !rows.get().equals(query.rows())) {
            different.add(rule.getSimpleName() + ": " + query.sql());
          }
        }
        RuleSwitch.restore();
      }
      System.out.printf(
          "%d rules switched off, %d statements gave the same rows another way; no query for %s%n",
          RuleSwitch.classes().size() - unproven.size(), otherWay, unproven);
      assertThat(different).isEmpty();
      assertThat(otherWay).isPositive();
      assertThat(unproven.size()).isLessThan(RuleSwitch.classes().size() / 3);
    }
  }

  /** Small queries that the embedded engine runs, by the classes of expression in their plans. */
  private static Map<Class<?>, List<Known>> queries(Bed bed, QueryGenerator generator) {
    Map<Class<?>, List<Known>> queries = new HashMap<>();
    for (Signature signature : generator.signatures()) {
      for (int i = 0; i < PROBES; i++) {
        Optional<String> sql = generator.probe(signature).map(Query::sql);
        Optional<List<String>> rows = sql.flatMap(text -> rows(bed, text));
        if (rows.isPresent()) {
          Known known = new Known(sql.get(), rows.get());
          for (Class<?> type : classes(bed.prepare(sql.get()).analysed())) {
            List<Known> list = queries.computeIfAbsent(type, t -> new ArrayList<>());
            if (list.size() < QUERIES_PER_RULE) {
              list.add(known);
            }
          }
        }
      }
    }
    return queries;
  }

  /** The rows; empty when the query is left to Spark, raises, or has no certain rows. */
  private static Optional<List<String>> rows(Bed bed, String sql) {
    try {
      PreparedQuery prepared = bed.prepare(sql);
      boolean certain =
          prepared.translated()
              && prepared.reassociated().isEmpty()
              && prepared.notComparable().isEmpty();
      return certain ? Optional.of(bed.engines().embeddedRows(prepared)) : Optional.empty();
    } catch (SqlException | EngineFailure e) {
      return Optional.empty();
    }
  }

  private static Set<Class<?>> classes(LogicalPlan plan) {
    Set<Class<?>> classes = new HashSet<>();
    Scala.<Expression>list(plan.expressions()).forEach(e -> collect(e, classes));
    Scala.<LogicalPlan>list(plan.children()).forEach(child -> classes.addAll(classes(child)));
    return classes;
  }

  private static void collect(Expression expression, Set<Class<?>> classes) {
    classes.add(expression.getClass());
    Scala.<Expression>list(expression.children()).forEach(child -> collect(child, classes));
  }
}
