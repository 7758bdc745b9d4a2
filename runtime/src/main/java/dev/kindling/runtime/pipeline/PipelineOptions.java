package dev.kindling.runtime.pipeline;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Selection;
import dev.kindling.model.pipeline.Target;
import dev.kindling.runtime.MemorySize;
import dev.kindling.runtime.NativeMarker;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a pipeline is planned and run. What is empty is left to the pipeline file, then to the
 * default.
 *
 * @param memoryBytes the budget of the embedded engine and, separately, of a Spark child
 * @param threads of each engine
 * @param target the Spark that runs all tables; empty for a Spark of this command's own
 * @param selection the tables that are run, with those that they read; empty for all
 * @param rerun whether tables run that would have the same rows again
 * @param version Kindling's own, for the record of the run
 */
public record PipelineOptions(
    Optional<Engine> engine,
    OptionalLong memoryBytes,
    OptionalInt threads,
    Optional<Target> target,
    Optional<Selection> selection,
    Rerun rerun,
    NativeMarker marker,
    String version) {
  public PipelineOptions {
    requireNonNull(engine, "engine is null");
    requireNonNull(memoryBytes, "memoryBytes is null");
    requireNonNull(threads, "threads is null");
    requireNonNull(target, "target is null");
    requireNonNull(selection, "selection is null");
    requireNonNull(rerun, "rerun is null");
    requireNonNull(marker, "marker is null");
    requireNonNull(version, "version is null");
  }

  /** Everything as the pipeline file says. */
  public static PipelineOptions defaults(String version) {
    return new PipelineOptions(
        Optional.empty(),
        OptionalLong.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Rerun.ALL,
        NativeMarker.none(),
        version);
  }

  Engine engineFor(Pipeline pipeline) {
    return target.isPresent() ? Engine.SPARK : engine.or(pipeline::engine).orElse(Engine.AUTO);
  }

  OptionalLong memoryFor(Pipeline pipeline) {
    if (memoryBytes.isPresent() || pipeline.memory().isEmpty()) {
      return memoryBytes;
    }
    return OptionalLong.of(
        MemorySize.parse(pipeline.memory().get(), pipeline.file() + ": 'memory'"));
  }

  int threadCount() {
    return threads.orElse(Runtime.getRuntime().availableProcessors());
  }

  /** The same with another engine. */
  public PipelineOptions withEngine(Engine other) {
    return new PipelineOptions(
        Optional.of(other), memoryBytes, threads, target, selection, rerun, marker, version);
  }

  /** The same, running these of its tables. */
  public PipelineOptions with(Rerun other) {
    return new PipelineOptions(
        engine, memoryBytes, threads, target, selection, other, marker, version);
  }
}
