package dev.kindling.testkit.suite;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What became of one statement.
 *
 * @param file the file it is in
 * @param number its number in the file, from 1
 * @param sql its text
 * @param relation whether it is a query that reads rows from somewhere
 * @param verdict what became of it as it is
 * @param lifted what became of it with its constants as columns; empty where that was not tried
 * @param reasons why Spark has to run it, all of them
 */
public record StatementResult(
    String file,
    int number,
    String sql,
    boolean relation,
    Verdict verdict,
    Optional<Verdict> lifted,
    List<String> reasons) {
  public StatementResult {
    requireNonNull(file, "file is null");
    requireNonNull(sql, "sql is null");
    requireNonNull(verdict, "verdict is null");
    requireNonNull(lifted, "lifted is null");
    reasons = List.copyOf(reasons);
  }
}
