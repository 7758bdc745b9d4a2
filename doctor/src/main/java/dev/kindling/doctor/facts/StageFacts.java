package dev.kindling.doctor.facts;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One attempt of a stage.
 *
 * @param attempt 0, or higher where Spark ran it again
 * @param name the place in the code that started it
 * @param parents the stages whose output it reads
 * @param query the query of Spark SQL that it belongs to
 * @param submitted milliseconds since 1970; 0 when the log does not say
 * @param ended empty when the log ends before
 * @param failure why it failed, in Spark's words; empty text when it did not
 * @param planned how many tasks it has
 * @param accumulators those of SQL metrics that its tasks reported to
 */
public record StageFacts(
    int id,
    int attempt,
    String name,
    List<Integer> parents,
    Optional<QueryFacts> query,
    long submitted,
    OptionalLong ended,
    String failure,
    int planned,
    Set<Long> accumulators,
    Tasks tasks,
    List<FailedTask> failed) {
  public StageFacts {
    requireNonNull(name, "name is null");
    requireNonNull(query, "query is null");
    requireNonNull(ended, "ended is null");
    requireNonNull(failure, "failure is null");
    requireNonNull(tasks, "tasks is null");
    parents = List.copyOf(parents);
    accumulators = Set.copyOf(accumulators);
    failed = List.copyOf(failed);
  }

  /** From its submission to its end; 0 when one of them is not known. */
  public long millis() {
    return ended.isEmpty() || submitted == 0 ? 0 : ended.getAsLong() - submitted;
  }

  /** Whether a node of its query's plan ran in it. */
  public boolean ran(PlanNode node) {
    return node.metrics().values().stream().anyMatch(accumulators::contains);
  }
}
