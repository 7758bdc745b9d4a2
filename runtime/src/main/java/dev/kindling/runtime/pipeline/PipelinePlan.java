package dev.kindling.runtime.pipeline;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.record.TableRecord;
import dev.kindling.model.record.TargetRecord;
import java.util.List;
import java.util.Optional;

/**
 * How a pipeline would run.
 *
 * @param tables in the order in which they run
 * @param unchanged the tables that would not run, as their last run left them, with the reason
 * @param target where Spark runs, with the settings that are known before its master is asked;
 *     empty for a Spark of the command's own, and for none
 */
public record PipelinePlan(
    List<TablePlan> tables, List<TableRecord> unchanged, Optional<TargetRecord> target) {
  public PipelinePlan {
    tables = List.copyOf(tables);
    unchanged = List.copyOf(unchanged);
    requireNonNull(target, "target is null");
  }
}
