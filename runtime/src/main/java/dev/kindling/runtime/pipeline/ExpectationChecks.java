package dev.kindling.runtime.pipeline;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Expectation;
import dev.kindling.model.pipeline.OnViolation;
import dev.kindling.model.record.ExpectationResult;
import dev.kindling.model.record.ExpectationStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks which rows of a computed table break its expectations. */
final class ExpectationChecks {
  private static final int SAMPLES = 5;

  private final Node node;
  private final Workbench bench;
  private final String name;
  private final Path quarantineFolder;

  /**
   * @param name under which the engines know all rows of the table
   * @param quarantineFolder where rows that are left out will be kept
   */
  ExpectationChecks(Node node, Workbench bench, String name, Path quarantineFolder) {
    this.node = node;
    this.bench = bench;
    this.name = name;
    this.quarantineFolder = quarantineFolder;
  }

  /** What each expectation of the table finds, in its order. All are held against the same rows. */
  List<ExpectationResult> results() {
    List<Expectation> rules = node.table.expectations();
    long[] broken = counts(rules);
    List<ExpectationResult> results = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      results.add(result(rules.get(i), broken[i]));
    }
    return results;
  }

  /**
   * Ends the table where an expectation says so.
   *
   * @throws KindlingException EXPECTATION_FAILED, with all expectations that failed
   */
  void failIfBroken(List<ExpectationResult> results) {
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      ExpectationResult result = results.get(i);
      if (result.status() == ExpectationStatus.FAILED) {
        failures.add(
            "%s: expectation '%s' of table '%s' is broken by %d row%s%s"
                .formatted(
                    node.table.expectations().get(i).position(),
                    result.description(),
                    node.name(),
                    result.violations(),
                    result.violations() == 1 ? "" : "s",
                    sample(result)));
      }
    }
    if (!failures.isEmpty()) {
      throw new KindlingException(
          ErrorCode.EXPECTATION_FAILED,
          String.join("\n", failures)
              + "\nMend the data or the query, or say on_violation: quarantine, drop or warn.");
    }
  }

  private static String sample(ExpectationResult result) {
    if (result.sampleRows().isEmpty()) {
      return "";
    }
    List<String> cells = new ArrayList<>();
    result.sampleRows().get(0).forEach((column, value) -> cells.add(column + "=" + value));
    return ", such as: " + String.join(", ", cells);
  }

  // One pass for all rules that look at one row at a time, and one for each key. The conditions are
  // columns first: Spark forbids some of them, such as those with uuid(), inside an aggregate.
  private long[] counts(List<Expectation> rules) {
    long[] counts = new long[rules.size()];
    List<String> conditions = new ArrayList<>();
    List<String> sums = new ArrayList<>();
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      if (Rules.perRow(rules.get(i))) {
        conditions.add(Rules.broken(rules.get(i)) + " AS b" + i);
        sums.add("count(CASE WHEN b" + i + " THEN 1 END)");
        indexes.add(i);
      } else {
        counts[i] = bench.count(Rules.count(rules.get(i), name), Set.of(name));
      }
    }
    if (!indexes.isEmpty()) {
      String sql =
          "SELECT "
              + String.join(", ", sums)
              + " FROM (SELECT "
              + String.join(", ", conditions)
              + " FROM "
              + Names.quote(name)
              + ")";
      List<Optional<String>> row = bench.rows(sql, Set.of(name), 1).get(0);
      for (int k = 0; k < indexes.size(); k++) {
        counts[indexes.get(k)] = Long.parseLong(row.get(k).orElseThrow());
      }
    }
    return counts;
  }

  private ExpectationResult result(Expectation rule, long broken) {
    List<Map<String, String>> samples = new ArrayList<>();
    if (broken > 0) {
      List<String> columns = List.of(node.schema.orElseThrow().fieldNames());
      for (List<Optional<String>> row :
          bench.rows(Rules.rows(rule, name, columns), Set.of(name), SAMPLES)) {
        Map<String, String> sample = new LinkedHashMap<>();
        for (int c = 0; c < columns.size(); c++) {
          sample.put(columns.get(c), row.get(c).orElse("NULL"));
        }
        samples.add(sample);
      }
    }
    boolean quarantined = broken > 0 && rule.onViolation() == OnViolation.QUARANTINE;
    return new ExpectationResult(
        rule.describe(),
        rule.onViolation(),
        broken == 0
            ? ExpectationStatus.PASSED
            : rule.onViolation() == OnViolation.FAIL
                ? ExpectationStatus.FAILED
                : ExpectationStatus.WARNED,
        broken,
        samples,
        quarantined ? Optional.of(quarantineFolder.toString()) : Optional.empty());
  }
}
