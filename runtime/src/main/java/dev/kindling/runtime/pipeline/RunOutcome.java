package dev.kindling.runtime.pipeline;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.KindlingException;
import dev.kindling.model.record.RunRecord;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param record what is in its {@code run.json}
 * @param folder the run's own folder, with record, report and quarantine
 * @param report the HTML report
 * @param error why it failed; empty for a run that succeeded
 */
public record RunOutcome(
    RunRecord record, Path folder, Path report, Optional<KindlingException> error) {
  public RunOutcome {
    requireNonNull(record, "record is null");
    requireNonNull(folder, "folder is null");
    requireNonNull(report, "report is null");
    requireNonNull(error, "error is null");
  }
}
