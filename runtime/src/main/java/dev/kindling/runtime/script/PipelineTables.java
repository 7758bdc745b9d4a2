package dev.kindling.runtime.script;

import dev.kindling.embedded.EmbeddedSession;
import dev.kindling.embedded.EngineFailure;
import dev.kindling.embedded.PreparedQuery;
import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.RefusedSourceException;
import dev.kindling.embedded.Source;
import dev.kindling.embedded.SqlException;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.OnBadRecord;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Query;
import dev.kindling.model.pipeline.Read;
import dev.kindling.model.pipeline.Table;
import dev.kindling.runtime.Engines;
import dev.kindling.runtime.Scratch;
import dev.kindling.runtime.SparkSide;
import dev.kindling.runtime.pipeline.NativeSource;
import dev.kindling.spark.protocol.Request;
import dev.kindling.spark.protocol.SourceSpec;
import dev.kindling.spark.protocol.SqlView;
import dev.kindling.spark.protocol.View;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tables of a pipeline in a session of statements: each is made when a statement first reads
 * it, as a view. Expectations are not applied, and nothing is written.
 */
final class PipelineTables {
  private static final Set<String> COLUMNAR = Set.of("parquet", "orc", "avro");

  private final Pipeline pipeline;
  private final Map<String, String> params;
  private final EmbeddedSession embedded;
  private final SparkSide spark;
  private final Scratch scratch;
  private final SessionTables tables;

  PipelineTables(
      Pipeline pipeline,
      Map<String, String> params,
      EmbeddedSession embedded,
      SparkSide spark,
      Scratch scratch,
      SessionTables tables) {
    this.pipeline = pipeline;
    this.params = Map.copyOf(params);
    this.embedded = embedded;
    this.spark = spark;
    this.scratch = scratch;
    this.tables = tables;
  }

  void offerAll() {
    pipeline.tables().forEach(table -> tables.offer(table.name(), () -> define(table)));
  }

  private void define(Table table) {
    try {
      if (table.definition() instanceof Read read) {
        define(table.name(), read);
      } else if (table.definition() instanceof Query query) {
        define(table.name(), query);
      } else {
        throw new KindlingException(
            ErrorCode.REFUSED, "a class computes it, which only 'kindling run' does.");
      }
    } catch (SqlException e) {
      throw inTable(table, ErrorCode.SQL_INVALID, e);
    } catch (KindlingException e) {
      throw inTable(table, e.code(), e);
    }
  }

  private static KindlingException inTable(Table table, ErrorCode code, Exception e) {
    return new KindlingException(
        code, "Table '%s': %s".formatted(table.name(), Engines.withoutPlace(e.getMessage())), e);
  }

  private void define(String name, Read read) {
    List<Refusal> refusals = new ArrayList<>();
    Optional<Source> source = NativeSource.of(pipeline, read, refusals);
    if (source.isPresent()) {
      tables.register(name, source.get());
      if (tables.reasonsForSpark(List.of(name)).isEmpty()) {
        spark.change(() -> nativeRows(name, read));
        return;
      }
    } else {
      tables.leaveToSpark(name, SessionTables.texts(refusals));
    }
    spark.change(new View(name, onSpark(read)));
  }

  // Which records are bad is decided once, by the engine that reads the file.
  private Request nativeRows(String name, Read read) {
    if (COLUMNAR.contains(read.format()) || read.onBadRecord() == OnBadRecord.PERMISSIVE) {
      return new View(name, onSpark(read));
    }
    Path folder = scratch.create().resolve("tables").resolve(name);
    PreparedQuery rows = embedded.prepare("SELECT * FROM `" + name + "`", Map.of());
    try {
      embedded.writeParquet(rows, folder, List.of(), Map.of());
    } catch (EngineFailure e) {
      throw new KindlingException(
          ErrorCode.SPARK_ERROR, "Table '%s': %s".formatted(name, e.getMessage()), e);
    }
    return new View(name, SourceSpec.parquet(folder.toString()));
  }

  private SourceSpec onSpark(Read read) {
    Map<String, String> options = new LinkedHashMap<>(read.options());
    if (!COLUMNAR.contains(read.format())) {
      switch (read.onBadRecord()) {
        case PERMISSIVE -> {}
        case FAIL -> {
          options.put("mode", "FAILFAST");
          // Spark otherwise looks only at the fields that a query reads.
          options.put("columnPruning", "false");
        }
        case DROP, QUARANTINE ->
            throw new KindlingException(
                ErrorCode.REFUSED,
                "only Spark reads it, and putting bad records aside there is what 'kindling run'"
                    + " does.");
      }
    }
    return new SourceSpec(
        read.format(), List.of(pipeline.resolve(read.path())), read.schema(), options);
  }

  private void define(String name, Query query) {
    Set<String> references = embedded.references(query.sql());
    tables.open(references);
    List<String> reasons = tables.reasonsForSpark(references);
    if (reasons.isEmpty()) {
      try {
        tables.define(
            name, () -> embedded.registerView(name, embedded.prepare(query.sql(), params)));
      } catch (RefusedSourceException e) {
        tables.refused(e.table(), e.refusals());
        reasons = SessionTables.texts(e.refusals());
      }
    }
    if (!reasons.isEmpty()) {
      tables.leaveToSpark(name, reasons);
    }
    spark.change(new SqlView(name, query.sql(), params));
  }
}
