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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks which expectations of a computed table are broken, and by which rows. */
final class ExpectationChecks {
  private static final int SAMPLES = 5;

  private final Node node;
  private final Workbench bench;
  private final Path quarantineFolder;

  /**
   * @param quarantineFolder where rows that are left out will be kept
   */
  ExpectationChecks(Node node, Workbench bench, Path quarantineFolder) {
    this.node = node;
    this.bench = bench;
    this.quarantineFolder = quarantineFolder;
  }

  /**
   * What each of these expectations finds, in their order.
   *
   * @param name under which the engines know the rows that all of them are held against
   */
  Map<Expectation, ExpectationResult> results(List<Expectation> rules, String name) {
    long[] broken = counts(rules, name);
    Map<Expectation, ExpectationResult> results = new LinkedHashMap<>();
    for (int i = 0; i < rules.size(); i++) {
      results.put(rules.get(i), result(rules.get(i), name, broken[i]));
    }
    return results;
  }

  /**
   * Ends the table where an expectation says so.
   *
   * @throws KindlingException EXPECTATION_FAILED, with all expectations that failed
   */
  void failIfBroken(Map<Expectation, ExpectationResult> results) {
    List<String> failures = new ArrayList<>();
    boolean rows = false;
    for (Map.Entry<Expectation, ExpectationResult> entry : results.entrySet()) {
      if (entry.getValue().status() == ExpectationStatus.FAILED) {
        rows |= !Rules.aboutTable(entry.getKey());
        failures.add(
            "%s: expectation '%s' of table '%s' is broken%s"
                .formatted(
                    entry.getKey().position(),
                    entry.getValue().description(),
                    node.name(),
                    found(entry.getKey(), entry.getValue())));
      }
    }
    if (!failures.isEmpty()) {
      throw new KindlingException(
          ErrorCode.EXPECTATION_FAILED,
          String.join("\n", failures)
              + "\nMend the data or the query, or say on_violation: "
              + (rows ? "quarantine, drop or warn." : "warn."));
    }
  }

  private static String found(Expectation rule, ExpectationResult result) {
    String sample =
        result.sampleRows().stream().findFirst().map(ExpectationChecks::cells).orElse("");
    if (Rules.aboutTable(rule) && result.violations() == 1) {
      return ": " + sample;
    }
    return " by %d row%s%s"
        .formatted(
            result.violations(),
            result.violations() == 1 ? "" : "s",
            sample.isEmpty() ? "" : ", such as: " + sample);
  }

  private static String cells(Map<String, String> row) {
    return row.entrySet().stream()
        .map(cell -> cell.getKey() + "=" + cell.getValue())
        .collect(Collectors.joining(", "));
  }

  // One pass for all rules that look at one row at a time, and one for each key. The conditions are
  // columns first: Spark forbids some of them, such as those with uuid(), inside an aggregate.
  private long[] counts(List<Expectation> rules, String name) {
    long[] counts = new long[rules.size()];
    List<String> conditions = new ArrayList<>();
    List<String> sums = new ArrayList<>();
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      if (Rules.perRow(rules.get(i))) {
        conditions.add(Rules.broken(rules.get(i), name) + " AS b" + i);
        sums.add("count(CASE WHEN b" + i + " THEN 1 END)");
        indexes.add(i);
      } else {
        counts[i] = bench.count(Rules.count(rules.get(i), name), reads(name));
      }
    }
    if (!indexes.isEmpty()) {
      String sql =
          "SELECT "
              + String.join(", ", sums)
              + " FROM (SELECT "
              + String.join(", ", conditions)
              + " FROM "
              + Rules.from(name)
              + ")";
      List<Optional<String>> row = bench.rows(sql, reads(name), 1).get(0);
      for (int k = 0; k < indexes.size(); k++) {
        counts[indexes.get(k)] = Long.parseLong(row.get(k).orElseThrow());
      }
    }
    return counts;
  }

  private ExpectationResult result(Expectation rule, String name, long broken) {
    List<Map<String, String>> samples = new ArrayList<>();
    if (broken > 0) {
      List<String> columns = columns(rule);
      for (List<Optional<String>> row :
          bench.rows(Rules.rows(rule, name, columns), reads(name), SAMPLES)) {
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
        Rules.aboutTable(rule),
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

  private List<String> columns(Expectation rule) {
    return List.of(
        (rule instanceof Expectation.Query query
                ? bench.embedded().prepare(query.sql(), bench.params()).schema()
                : node.schema.orElseThrow())
            .fieldNames());
  }

  /** The table, and the others that its expectations look at. */
  private Set<String> reads(String name) {
    Set<String> reads = new LinkedHashSet<>(node.checkReads);
    reads.add(name);
    return reads;
  }
}
