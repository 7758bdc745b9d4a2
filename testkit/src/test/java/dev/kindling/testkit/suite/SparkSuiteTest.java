package dev.kindling.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Of Spark's own SQL tests the files in which at least as many queries read a relation as work on
 * constants alone, on both engines: no verdict may be worse than in the ledger. {@code bench suite}
 * runs all files. The system property {@code suite.rewrite} puts new verdicts into the ledger.
 */
class SparkSuiteTest {
  private static final Path LEDGER = Path.of("src/test/resources/suite/ledger.tsv");

  @Test
  @Tag("suite")
  void noStatementGetsWorse(@TempDir Path scratch) {
    Ledger ledger = Ledger.read(LEDGER);
    Set<String> files = ledger.filesThatRead();
    List<StatementResult> results = new ArrayList<>();
    SuiteProgress progress = new SuiteProgress(System.out);
    SuiteRunner.open(scratch)
        .run(
            files::contains,
            result -> {
              results.add(result);
              progress.ran(result);
            });
    progress.end();
    Ledger found = Ledger.of(results);
    System.out.print(found.totals());
    if (Boolean.getBoolean("suite.rewrite")) {
      found.write(LEDGER);
    }
    Ledger.Change change = found.since(ledger);
    change.better().forEach(line -> System.out.println("better: " + line));
    assertThat(results).isNotEmpty();
    assertThat(change.worse()).isEmpty();
    assertThat(found.different()).isZero();
  }
}
