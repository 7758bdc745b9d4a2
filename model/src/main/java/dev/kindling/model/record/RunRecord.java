package dev.kindling.model.record;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run leaves behind: the content of {@code run.json}. Values of secrets never get in: the
 * constructor redacts {@code conf}.
 *
 * @param version of the format, {@link #VERSION} for what this code writes
 * @param runId also the name of the run's folder; a later run has a greater one
 * @param pipeline the pipeline's name
 * @param file the pipeline file, as the user named it
 * @param conf settings of Spark SQL that held for the run
 * @param target where Spark ran; empty for a Spark of the command's own, and for none
 * @param tables in the order in which they ran
 * @param published in the order in which they became visible
 * @param error empty for a run that succeeded
 */
public record RunRecord(
    int version,
    String runId,
    String pipeline,
    String file,
    Instant startedAt,
    Instant finishedAt,
    RunStatus status,
    String kindlingVersion,
    Map<String, String> conf,
    Optional<TargetRecord> target,
    List<TableRecord> tables,
    List<PublishedOutput> published,
    Optional<ErrorRecord> error) {
  /** The version of the format that this code writes. */
  public static final int VERSION = 1;

  public RunRecord {
    requireNonNull(runId, "runId is null");
    requireNonNull(pipeline, "pipeline is null");
    requireNonNull(file, "file is null");
    requireNonNull(startedAt, "startedAt is null");
    requireNonNull(finishedAt, "finishedAt is null");
    requireNonNull(status, "status is null");
    requireNonNull(kindlingVersion, "kindlingVersion is null");
    conf = Copies.ordered(Redaction.redact(conf));
    requireNonNull(target, "target is null");
    tables = List.copyOf(tables);
    published = List.copyOf(published);
    requireNonNull(error, "error is null");
  }

  /** Of a run without a target. */
  public RunRecord(
      int version,
      String runId,
      String pipeline,
      String file,
      Instant startedAt,
      Instant finishedAt,
      RunStatus status,
      String kindlingVersion,
      Map<String, String> conf,
      List<TableRecord> tables,
      List<PublishedOutput> published,
      Optional<ErrorRecord> error) {
    this(
        version,
        runId,
        pipeline,
        file,
        startedAt,
        finishedAt,
        status,
        kindlingVersion,
        conf,
        Optional.empty(),
        tables,
        published,
        error);
  }

  /**
   * This record with none of these secrets in the texts that a run takes over from elsewhere: SQL,
   * reasons, messages, rows.
   */
  public RunRecord hiding(Collection<String> secrets) {
    return new RunRecord(
        version,
        runId,
        pipeline,
        file,
        startedAt,
        finishedAt,
        status,
        kindlingVersion,
        conf,
        target,
        tables.stream().map(table -> table.hiding(secrets)).toList(),
        published,
        error.map(e -> new ErrorRecord(e.code(), Redaction.hide(e.message(), secrets))));
  }

  /** From start to finish, in milliseconds. */
  public long millis() {
    return Duration.between(startedAt, finishedAt).toMillis();
  }
}
