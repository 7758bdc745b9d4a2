package dev.kindling.testkit.suite;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Says after each file what became of it and how long it took. */
final class SuiteProgress {
  private final PrintStream out;
  private final List<StatementResult> file = new ArrayList<>();
  private long start = System.nanoTime();

  SuiteProgress(PrintStream out) {
    this.out = out;
  }

  void ran(StatementResult result) {
    if (!file.isEmpty() && !file.get(0).file().equals(result.file())) {
      end();
    }
    file.add(result);
  }

  /** Says what became of the last file. */
  void end() {
    if (file.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    out.printf(
        "%6.1f s  %4d statements, %3d read a relation, %3d refused, %d different  %s%n",
        (now - start) / 1e9,
        file.size(),
        file.stream().filter(StatementResult::relation).count(),
        count(Verdict.Kind.REFUSED),
        count(Verdict.Kind.DIFFERENT),
        file.get(0).file());
    file.clear();
    start = now;
  }

  private long count(Verdict.Kind kind) {
    return file.stream().filter(result -> result.verdict().kind() == kind).count();
  }
}
