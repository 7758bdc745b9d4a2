package dev.kindling.runtime.pipeline;

import dev.kindling.model.pipeline.Problem;
import java.util.List;

/** What is wrong with a pipeline, all of it. */
public final class InvalidPipelineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  // Exceptions are serialisable by their nature, problems need not be.
  private final transient List<Problem> problems;

  /** All problems, of which at least one is an error. */
  public InvalidPipelineException(List<Problem> problems) {
    super(String.join("\n", problems.stream().map(Problem::toString).toList()));
    this.problems =
        problems.stream().sorted(java.util.Comparator.comparing(Problem::position)).toList();
  }

  /** In the order of their places. */
  public List<Problem> problems() {
    return problems;
  }
}
