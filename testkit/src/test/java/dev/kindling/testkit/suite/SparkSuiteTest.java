package dev.kindling.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A part of Spark's own SQL tests on both engines; {@code bench suite} runs all of them. The system
 * property {@code suite.rewrite} puts new verdicts into the ledger.
 */
class SparkSuiteTest {
  private static final Path LEDGER = Path.of("src/test/resources/suite/ledger.tsv");

  /** Parts of the names of files that read relations in many ways and take a few minutes. */
  private static final List<String> FILES =
      List.of(
          "subquery/",
          "join",
          "except",
          "intersect",
          "having.sql",
          "union.sql",
          "limit.sql",
          "window.sql",
          "misc-functions.sql",
          "pivot.sql");

  @Test
  @Tag("suite")
  void noStatementGetsWorse(@TempDir Path scratch) {
    List<StatementResult> results = new ArrayList<>();
    SuiteRunner.open(scratch).run(name -> FILES.stream().anyMatch(name::contains), results::add);
    Ledger found = Ledger.of(results);
    System.out.print(found.totals());
    if (Boolean.getBoolean("suite.rewrite")) {
      found.write(LEDGER);
    }
    Ledger.Change change = found.since(Ledger.read(LEDGER));
    change.better().forEach(line -> System.out.println("better: " + line));
    assertThat(change.worse()).isEmpty();
    assertThat(found.different()).isZero();
  }
}
