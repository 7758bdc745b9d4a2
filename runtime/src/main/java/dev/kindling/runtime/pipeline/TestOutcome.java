package dev.kindling.runtime.pipeline;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.Position;
import dev.kindling.model.pipeline.Problem;
import dev.kindling.model.pipeline.Severity;
import dev.kindling.model.pipeline.TestCase;
import dev.kindling.model.rows.RowDifference;
import java.util.List;
import java.util.Optional;

/**
 * What came of a test.
 *
 * @param tables the compared ones, in the order of the test; empty when it did not get that far
 * @param error what ended it: an error of the pipeline's own SQL, or an expectation
 * @param problems of the test as it is written, or of a table that it needs; those that are errors
 *     kept it from running
 */
public record TestOutcome(
    TestCase test,
    List<TableResult> tables,
    Optional<String> error,
    List<Problem> problems,
    long millis) {
  public TestOutcome {
    requireNonNull(test, "test is null");
    tables = List.copyOf(tables);
    requireNonNull(error, "error is null");
    problems = List.copyOf(problems);
  }

  /** How a test ends. */
  public enum Status {
    PASSED,
    FAILED,
    /** It could not run: it, or the pipeline, has to be mended first. */
    INVALID
  }

  public Status status() {
    if (problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR)) {
      return Status.INVALID;
    }
    boolean passed = error.isEmpty() && tables.stream().allMatch(TableResult::same);
    return passed ? Status.PASSED : Status.FAILED;
  }

  /**
   * One table held against what is expected of it.
   *
   * @param position of the expectation
   * @param engine that gave its rows
   * @param columns the compared ones
   * @param differences the first ones, cells as {@code spark-sql} prints them, NULL as empty
   * @param more how many differing rows are not among them
   * @param unnamed columns that the expectation does not name, when it has to name all
   * @param note what Spark itself leaves open about the rows; empty when nothing
   */
  public record TableResult(
      String table,
      Position position,
      Engine engine,
      long expectedRows,
      long foundRows,
      List<String> columns,
      List<RowDifference<Optional<String>>> differences,
      long more,
      List<String> unnamed,
      Optional<String> note) {
    public TableResult {
      requireNonNull(table, "table is null");
      requireNonNull(position, "position is null");
      requireNonNull(engine, "engine is null");
      columns = List.copyOf(columns);
      differences = List.copyOf(differences);
      unnamed = List.copyOf(unnamed);
      requireNonNull(note, "note is null");
    }

    public boolean same() {
      return differences.isEmpty() && unnamed.isEmpty();
    }
  }
}
