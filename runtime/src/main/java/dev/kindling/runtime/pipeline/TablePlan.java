package dev.kindling.runtime.pipeline;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.record.ColumnRecord;
import dev.kindling.model.record.Materialisation;
import dev.kindling.model.record.RefusalRecord;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is planned for one table.
 *
 * @param engine never {@code AUTO}
 * @param reasons why this engine and this materialisation, one sentence each
 * @param reads tables of the pipeline, in alphabetical order
 * @param sql the user's; empty for a table that is read
 * @param engineSql DuckDB's; empty when Spark runs the table, or nothing is computed
 * @param workBytes what the embedded engine would hold at once for it, in memory and spilled: an
 *     estimate that is rather too low; empty where Spark runs the table, or it is read as it is
 * @param scans for each place where the embedded engine reads rows: the columns, the filters pushed
 *     down to the files, and the files that are left
 * @param enginePlan DuckDB's own plan
 * @param phases Spark's plans by the name of the phase, when they were asked for
 * @param output where its rows are written to, with the format
 */
public record TablePlan(
    String name,
    Engine engine,
    Materialisation materialisation,
    List<String> reasons,
    List<RefusalRecord> refusals,
    List<ColumnRecord> columns,
    List<String> reads,
    Optional<String> sql,
    Optional<String> engineSql,
    OptionalLong workBytes,
    List<String> scans,
    Optional<String> enginePlan,
    Map<String, String> phases,
    Optional<String> output) {
  public TablePlan {
    requireNonNull(name, "name is null");
    requireNonNull(engine, "engine is null");
    requireNonNull(materialisation, "materialisation is null");
    reasons = List.copyOf(reasons);
    refusals = List.copyOf(refusals);
    columns = List.copyOf(columns);
    reads = List.copyOf(reads);
    requireNonNull(sql, "sql is null");
    requireNonNull(engineSql, "engineSql is null");
    requireNonNull(workBytes, "workBytes is null");
    scans = List.copyOf(scans);
    requireNonNull(enginePlan, "enginePlan is null");
    phases = Collections.unmodifiableMap(new LinkedHashMap<>(phases));
    requireNonNull(output, "output is null");
  }
}
