package dev.kindling.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.embedded.SqlException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of every function's documentation on both engines, their literals lifted into
 * columns. A statement that nothing could be lifted from is run too, and counted apart: constants
 * prove little.
 */
@Tag("suite")
class FunctionExamplesTest {
  /** Their values differ from one moment to the next. */
  private static final Set<String> CLOCKS =
      Set.of(
          "current_timestamp",
          "localtimestamp",
          "now",
          "unix_timestamp",
          "curdate",
          "current_date");

  // Spark evaluates expressions over constant rows before other rules simplify them.
  private static final String ROWS_LIKE_A_TABLE =
      "org.apache.spark.sql.catalyst.optimizer.ConvertToLocalRelation";

  @TempDir Path scratch;

  @Test
  void bothEnginesGiveTheSameAnswerToEveryExample() {
    Map<String, Integer> counts = new TreeMap<>();
    List<String> different = new ArrayList<>();
    try (TwoEngines engines = TwoEngines.open(scratch, Map.of())) {
      engines.spark().conf().set("spark.sql.optimizer.excludedRules", ROWS_LIKE_A_TABLE);
      for (FunctionExamples.Function function : FunctionExamples.all()) {
        for (String example : function.examples()) {
          FunctionExamples.Statement statement =
              FunctionExamples.lifted(example, sql -> analyses(engines, sql));
          Comparison comparison = engines.compare(statement.sql());
          if (comparison instanceof Comparison.BothFail
              || comparison instanceof Comparison.Reruns) {
            // A NULL may raise where the values do not: they are looked at alone.
            comparison =
                engines.compare(statement.sql().replaceFirst("\\), \\((NULL(, )?)+\\) AS", ") AS"));
          }
          String kind = comparison.getClass().getSimpleName();
          counts.merge(kind + (statement.columns() ? "" : " (constants)"), 1, Integer::sum);
          if (comparison instanceof Comparison.Different && !CLOCKS.contains(function.name())) {
            different.add(function.name() + ": " + statement.sql() + "\n    " + comparison);
          }
          if (System.getProperty("kindling.examples.print") != null
              && !(comparison instanceof Comparison.Equal)) {
            System.err.println("EX " + kind + " " + statement.sql() + " " + comparison);
          }
        }
      }
    }
    System.err.println("Examples of functions: " + counts);
    assertThat(different).isEmpty();
  }

  private static boolean analyses(TwoEngines engines, String sql) {
    try {
      engines.embedded().prepare(sql, Map.of());
      return true;
    } catch (SqlException e) {
      return false;
    }
  }
}
