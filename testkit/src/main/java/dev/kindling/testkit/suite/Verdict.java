package dev.kindling.testkit.suite;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * What is known about one statement.
 *
 * @param kind what became of it
 * @param detail the reason or the error class; empty where there is none
 */
public record Verdict(Kind kind, String detail) {
  /** What can become of a statement, the best first. */
  public enum Kind {
    /** DuckDB's own operators give Spark's rows. */
    NATIVE,
    /** Spark's rows, with Spark's own code inside DuckDB. */
    SPARK_CODE,
    /** Both engines raise; the detail is Spark's error class. */
    BOTH_FAIL,
    /** DuckDB raises, so that Spark runs it and gives rows. */
    RERUNS,
    /** Two right answers may have different rows. */
    PROVES_NOTHING,
    /** Left to Spark. */
    REFUSED,
    /** A wrong answer. */
    DIFFERENT,
    /** Spark's analyser refuses the statement before either engine sees it. */
    INVALID,
    /** No query: Spark runs it in any case. */
    COMMAND;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public Verdict {
    requireNonNull(kind, "kind is null");
    detail = detail.replaceAll("\\s+", " ").strip();
  }

  static Verdict of(Kind kind) {
    return new Verdict(kind, "");
  }

  /** As the ledger spells it. */
  String text() {
    return detail.isEmpty() ? kind.word() : kind.word() + ":" + detail;
  }
}
