package dev.kindling.runtime.script;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.Redaction;
import dev.kindling.model.pipeline.Engine;
import dev.kindling.runtime.NativeMarker;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a script runs.
 *
 * @param tables files or folders of the formats of {@link DataFiles} by the name that SQL gives
 *     them, in order
 * @param conf settings of Spark SQL for both engines
 * @param params named parameters: name without the colon to SQL literal
 * @param memoryBytes the budget of the embedded engine and, separately, of a Spark child
 * @param threads of each engine; empty for all processors
 * @param maxRows rows kept of each result; empty for all
 */
public record ScriptOptions(
    Engine engine,
    Map<String, Path> tables,
    Map<String, String> conf,
    Map<String, String> params,
    OptionalLong memoryBytes,
    OptionalInt threads,
    OptionalLong maxRows,
    NativeMarker marker) {
  public ScriptOptions {
    requireNonNull(engine, "engine is null");
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    conf = Collections.unmodifiableMap(new LinkedHashMap<>(conf));
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    requireNonNull(memoryBytes, "memoryBytes is null");
    requireNonNull(threads, "threads is null");
    requireNonNull(maxRows, "maxRows is null");
    requireNonNull(marker, "marker is null");
  }

  /** The same with another engine. */
  public ScriptOptions withEngine(Engine other) {
    return new ScriptOptions(other, tables, conf, params, memoryBytes, threads, maxRows, marker);
  }

  /** Without the values of secrets. */
  @Override
  public String toString() {
    return "ScriptOptions[engine=%s, tables=%s, conf=%s, params=%s]"
        .formatted(engine, tables, Redaction.redact(conf), Redaction.redact(params));
  }
}
