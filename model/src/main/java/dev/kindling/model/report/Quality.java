package dev.kindling.model.report;

import dev.kindling.model.record.ExpectationStatus;
import dev.kindling.model.record.TableRecord;
import dev.kindling.model.record.TableStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The data quality of a table in a few words, the worst first. */
final class Quality {
  /**
   * One finding.
   *
   * @param tone {@code good}, {@code warn} or {@code bad}
   */
  record Finding(String tone, String text) {}

  private Quality() {}

  /** What was found; empty for a table that nothing was asked of. */
  static List<Finding> findings(TableRecord table) {
    List<Finding> findings = new ArrayList<>();
    if (table.status() == TableStatus.FAILED) {
      findings.add(new Finding("bad", "table failed"));
    }
    for (ExpectationStatus status :
        List.of(ExpectationStatus.FAILED, ExpectationStatus.WARNED, ExpectationStatus.PASSED)) {
      long count = table.expectations().stream().filter(e -> e.status() == status).count();
      if (count > 0) {
        findings.add(new Finding(Words.tone(status), count + " " + Words.of(status)));
      }
    }
    long bad = table.badRecords().map(records -> records.count()).orElse(0L);
    if (bad > 0) {
      findings.add(new Finding("warn", Amounts.count(bad, "bad record")));
    }
    if (!table.observed().unusual().isEmpty()) {
      findings.add(new Finding("warn", table.observed().unusual().size() + " unusual"));
    }
    return findings;
  }

  /** The worst tone among the findings; empty where there are none. */
  static Optional<String> tone(TableRecord table) {
    List<String> tones = findings(table).stream().map(Finding::tone).toList();
    return List.of("bad", "warn", "good").stream().filter(tones::contains).findFirst();
  }
}
