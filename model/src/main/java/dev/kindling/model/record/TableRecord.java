package dev.kindling.model.record;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.Redaction;
import dev.kindling.model.pipeline.Engine;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * What a run did with one table.
 *
 * @param engine the engine that ran it, never {@code AUTO}
 * @param reasons why this engine and this materialisation, one sentence each
 * @param refusals what the embedded engine could not run exactly; empty when there is nothing
 * @param sql Spark SQL of the user; empty for a table that is read
 * @param engineSql the DuckDB SQL that ran; empty when Spark ran it
 * @param rows how many rows the table has, where they were counted
 * @param bytes the size of its staged or published files, where there are any
 * @param millis how long it ran
 * @param reads the tables of the pipeline that it reads, in alphabetical order
 * @param output the path that it is written to
 * @param stages what Spark did for it, in the order of their ends; empty when Spark did nothing
 * @param observed what was seen of its rows
 * @param provenance what its rows came from; empty where they were not computed
 */
public record TableRecord(
    String name,
    Engine engine,
    TableStatus status,
    Materialisation materialisation,
    List<String> reasons,
    List<RefusalRecord> refusals,
    List<ColumnRecord> columns,
    Optional<String> sql,
    Optional<String> engineSql,
    OptionalLong rows,
    OptionalLong bytes,
    long millis,
    Optional<BadRecords> badRecords,
    List<ExpectationResult> expectations,
    List<String> reads,
    Optional<String> output,
    List<StageRecord> stages,
    Observed observed,
    Optional<Provenance> provenance) {
  public TableRecord {
    requireNonNull(name, "name is null");
    requireNonNull(engine, "engine is null");
    requireNonNull(status, "status is null");
    requireNonNull(materialisation, "materialisation is null");
    reasons = List.copyOf(reasons);
    refusals = List.copyOf(refusals);
    columns = List.copyOf(columns);
    requireNonNull(sql, "sql is null");
    requireNonNull(engineSql, "engineSql is null");
    requireNonNull(rows, "rows is null");
    requireNonNull(bytes, "bytes is null");
    requireNonNull(badRecords, "badRecords is null");
    expectations = List.copyOf(expectations);
    reads = List.copyOf(reads);
    requireNonNull(output, "output is null");
    stages = List.copyOf(stages);
    requireNonNull(observed, "observed is null");
    requireNonNull(provenance, "provenance is null");
  }

  /** A table of which nothing was observed. */
  public TableRecord(
      String name,
      Engine engine,
      TableStatus status,
      Materialisation materialisation,
      List<String> reasons,
      List<RefusalRecord> refusals,
      List<ColumnRecord> columns,
      Optional<String> sql,
      Optional<String> engineSql,
      OptionalLong rows,
      OptionalLong bytes,
      long millis,
      Optional<BadRecords> badRecords,
      List<ExpectationResult> expectations,
      List<String> reads,
      Optional<String> output,
      List<StageRecord> stages) {
    this(
        name,
        engine,
        status,
        materialisation,
        reasons,
        refusals,
        columns,
        sql,
        engineSql,
        rows,
        bytes,
        millis,
        badRecords,
        expectations,
        reads,
        output,
        stages,
        Observed.NOTHING,
        Optional.empty());
  }

  /** A table for which Spark did nothing. */
  public TableRecord(
      String name,
      Engine engine,
      TableStatus status,
      Materialisation materialisation,
      List<String> reasons,
      List<RefusalRecord> refusals,
      List<ColumnRecord> columns,
      Optional<String> sql,
      Optional<String> engineSql,
      OptionalLong rows,
      OptionalLong bytes,
      long millis,
      Optional<BadRecords> badRecords,
      List<ExpectationResult> expectations,
      List<String> reads,
      Optional<String> output) {
    this(
        name,
        engine,
        status,
        materialisation,
        reasons,
        refusals,
        columns,
        sql,
        engineSql,
        rows,
        bytes,
        millis,
        badRecords,
        expectations,
        reads,
        output,
        List.of());
  }

  /** The same with these figures as unusual. */
  public TableRecord withUnusual(List<UnusualFigure> unusual) {
    return with(status, reasons, millis, stages, observed.withUnusual(unusual), provenance);
  }

  /** The same with what its rows came from. */
  public TableRecord from(Provenance origin) {
    return with(status, reasons, millis, stages, observed, Optional.of(origin));
  }

  /**
   * The record of a later run that left the table as it was.
   *
   * @param reason why
   */
  public TableRecord unchanged(String reason) {
    return with(
        TableStatus.UNCHANGED,
        List.of(reason),
        0,
        List.of(),
        observed.withUnusual(List.of()),
        provenance);
  }

  private TableRecord with(
      TableStatus newStatus,
      List<String> newReasons,
      long newMillis,
      List<StageRecord> newStages,
      Observed newObserved,
      Optional<Provenance> newProvenance) {
    return new TableRecord(
        name,
        engine,
        newStatus,
        materialisation,
        newReasons,
        refusals,
        columns,
        sql,
        engineSql,
        rows,
        bytes,
        newMillis,
        badRecords,
        expectations,
        reads,
        output,
        newStages,
        newObserved,
        newProvenance);
  }

  TableRecord hiding(Collection<String> secrets) {
    UnaryOperator<String> hide = text -> Redaction.hide(text, secrets);
    return new TableRecord(
        name,
        engine,
        status,
        materialisation,
        reasons.stream().map(hide).toList(),
        refusals.stream()
            .map(r -> new RefusalRecord(r.code(), r.place().map(hide), hide.apply(r.message())))
            .toList(),
        columns,
        sql.map(hide),
        engineSql.map(hide),
        rows,
        bytes,
        millis,
        badRecords,
        expectations.stream().map(e -> e.hiding(hide)).toList(),
        reads,
        output.map(hide),
        stages.stream().map(stage -> stage.hiding(hide)).toList(),
        observed.hiding(hide),
        provenance);
  }
}
