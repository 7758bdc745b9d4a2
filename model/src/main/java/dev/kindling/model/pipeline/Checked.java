package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.KindlingException;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of reading a pipeline file.
 *
 * @param pipeline empty when a problem is an error
 * @param problems all of the file, in the order of their places
 */
public record Checked(Optional<Pipeline> pipeline, List<Problem> problems) {
  public Checked {
    requireNonNull(pipeline, "pipeline is null");
    problems = List.copyOf(problems);
    boolean failed = false;
    for (Problem problem : problems) {
      failed |= problem.severity() == Severity.ERROR;
    }
    if (failed == pipeline.isPresent()) {
      throw new IllegalArgumentException("Either a pipeline or at least one error is needed");
    }
  }

  /** The problems that keep the pipeline from running. */
  public List<Problem> errors() {
    return problems.stream().filter(p -> p.severity() == Severity.ERROR).toList();
  }

  /** The problems that the pipeline may run with. */
  public List<Problem> warnings() {
    return problems.stream().filter(p -> p.severity() == Severity.WARNING).toList();
  }

  /**
   * The pipeline.
   *
   * @throws KindlingException with the code of the first error and the text of all errors, one a
   *     line
   */
  public Pipeline orThrow() {
    if (pipeline.isPresent()) {
      return pipeline.get();
    }
    List<Problem> errors = errors();
    StringBuilder text = new StringBuilder();
    for (Problem error : errors) {
      text.append(text.isEmpty() ? "" : "\n").append(error);
    }
    throw new KindlingException(errors.get(0).code(), text.toString());
  }
}
