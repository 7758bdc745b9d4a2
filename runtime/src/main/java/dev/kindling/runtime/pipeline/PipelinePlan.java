package dev.kindling.runtime.pipeline;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.record.TargetRecord;
import java.util.List;
import java.util.Optional;

/**
 * How a pipeline would run.
 *
 * @param tables in the order in which they run
 * @param target where Spark runs, with the settings that are known before its master is asked;
 *     empty for a Spark of the command's own, and for none
 */
public record PipelinePlan(List<TablePlan> tables, Optional<TargetRecord> target) {
  public PipelinePlan {
    tables = List.copyOf(tables);
    requireNonNull(target, "target is null");
  }
}
