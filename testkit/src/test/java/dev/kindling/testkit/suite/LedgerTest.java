package dev.kindling.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private static StatementResult result(String file, int number, Verdict verdict) {
    return new StatementResult(
        file, number, "SELECT 1", true, verdict, Optional.empty(), List.of());
  }

  private static Verdict verdict(Verdict.Kind kind) {
    return new Verdict(kind, "");
  }

  private static Ledger.Change change(Verdict before, Verdict now) {
    return Ledger.of(List.of(result("a.sql", 1, now)))
        .since(Ledger.of(List.of(result("a.sql", 1, before))));
  }

  @Test
  void aRefusalWhereDuckDbRanTheStatementIsWorse() {
    Ledger.Change change =
        change(verdict(Verdict.Kind.NATIVE), new Verdict(Verdict.Kind.REFUSED, "no rule"));

    assertThat(change.worse()).containsExactly("a.sql 1: was native, is refused:no rule");
    assertThat(change.better()).isEmpty();
  }

  @Test
  void anAnswerWhereItWasRefusedIsBetter() {
    Ledger.Change change =
        change(new Verdict(Verdict.Kind.REFUSED, "no rule"), verdict(Verdict.Kind.SPARK_CODE));

    assertThat(change.worse()).isEmpty();
    assertThat(change.better()).hasSize(1);
  }

  @Test
  void anotherErrorAndAWrongAnswerAreWorse() {
    Verdict byZero = new Verdict(Verdict.Kind.BOTH_FAIL, "DIVIDE_BY_ZERO");
    Verdict overflow = new Verdict(Verdict.Kind.BOTH_FAIL, "ARITHMETIC_OVERFLOW");
    Verdict wrong = new Verdict(Verdict.Kind.DIFFERENT, "row 1");

    assertThat(change(byZero, overflow).worse()).hasSize(1);
    assertThat(change(wrong, wrong).worse()).isEmpty();
    assertThat(change(verdict(Verdict.Kind.REFUSED), wrong).worse()).hasSize(1);
  }

  @Test
  void aStatementThatTheLedgerDoesNotHaveIsReported() {
    Ledger now = Ledger.of(List.of(result("a.sql", 2, verdict(Verdict.Kind.NATIVE))));

    assertThat(now.since(Ledger.of(List.of())).worse())
        .containsExactly("a.sql 2 is not in the ledger: native");
  }

  @Test
  void totalsTellRefusalsByReasonAndFailuresOfTheTranslator() {
    Ledger ledger =
        Ledger.of(
            List.of(
                result("a.sql", 1, new Verdict(Verdict.Kind.REFUSED, "NO_RULE for it")),
                result("a.sql", 2, new Verdict(Verdict.Kind.REFUSED, "TRANSLATION_FAILED oops")),
                result("a.sql", 3, new Verdict(Verdict.Kind.DIFFERENT, "row 1")),
                result("a.sql", 4, verdict(Verdict.Kind.NATIVE))));

    assertThat(ledger.totals())
        .containsPattern("1 +NO_RULE for it")
        .containsPattern("different +1 +0 +0")
        .containsPattern("run in DuckDB +25.0%")
        .contains("1 of the refused are failures of the translator");
  }

  @Test
  void knowsTheFilesThatReadRelations() {
    StatementResult constant =
        new StatementResult(
            "b.sql",
            1,
            "SELECT 1",
            false,
            verdict(Verdict.Kind.NATIVE),
            Optional.empty(),
            List.of());

    assertThat(
            Ledger.of(List.of(result("a.sql", 1, verdict(Verdict.Kind.NATIVE)), constant))
                .filesThatRead())
        .containsExactly("a.sql");
  }

  @Test
  void writingKeepsTheStatementsOfFilesThatDidNotRun(@TempDir Path folder) {
    Path file = folder.resolve("ledger.tsv");
    Ledger.of(
            List.of(
                result("a.sql", 1, verdict(Verdict.Kind.NATIVE)),
                result("b.sql", 1, verdict(Verdict.Kind.NATIVE))))
        .write(file);
    Ledger.of(List.of(result("a.sql", 1, verdict(Verdict.Kind.SPARK_CODE)))).write(file);

    assertThat(file).exists();
    assertThat(Ledger.read(file).totals())
        .contains("2 statements, 2 of them valid queries: 2 read a relation")
        .containsPattern("native +1 +0 +0")
        .containsPattern("Spark's code inside DuckDB +1 +0 +0")
        .containsPattern("run in DuckDB +100.0%");
    assertThat(Files.exists(file)).isTrue();
  }
}
