package dev.kindling.runtime.pipeline;

import dev.kindling.embedded.EngineFailure;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Target;
import dev.kindling.runtime.MemorySize;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What this machine has for one query: memory, and disk to spill to. A table that is too large for
 * it goes to the pipeline's target.
 *
 * @param memoryBytes DuckDB's budget
 * @param diskBytes what may be filled where intermediate results are spilled to
 */
record Room(long memoryBytes, long diskBytes) {
  /** The share of the free disk that one run may fill. */
  private static final double DISK_SHARE = 0.9;

  /** The room of a run that spills into this folder. */
  static Room of(OptionalLong memoryBytes, Path folder) {
    return new Room(memoryBytes.orElseGet(Room::halfOfTheMachine), free(folder));
  }

  private static long halfOfTheMachine() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
            .getTotalMemorySize()
        / 2;
  }

  private static long free(Path folder) {
    Path existing = folder.toAbsolutePath();
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      return (long) (Files.getFileStore(existing).getUsableSpace() * DISK_SHARE);
    } catch (IOException e) {
      // A file system that does not tell is no reason to refuse a run.
      return Long.MAX_VALUE / 2;
    }
  }

  private long bytes() {
    return memoryBytes + diskBytes;
  }

  /**
   * Estimates all tables that the embedded engine is to run, and gives those that are too large to
   * Spark.
   *
   * @return the target on which they run; empty when all tables fit
   * @throws KindlingException TOO_LARGE when there is such a table and the pipeline has no target
   *     for it
   */
  Optional<Target> assign(Pipeline pipeline, List<Node> order, Workbench bench) {
    List<Node> large = new ArrayList<>();
    for (Node node : order) {
      node.workBytes = estimate(node, bench);
      if (node.workBytes.isPresent() && node.workBytes.getAsLong() > bytes()) {
        large.add(node);
      }
    }
    if (large.isEmpty()) {
      return Optional.empty();
    }
    if (pipeline.target().isEmpty()) {
      throw tooLarge(large.get(0));
    }
    Target target = pipeline.targets().get(pipeline.target().get());
    for (Node node : large) {
      node.engine = Engine.SPARK;
      node.reasons.add(
          "on target '%s', because it needs about %s and this machine has %s for it"
              .formatted(
                  target.name(),
                  MemorySize.show(node.workBytes.getAsLong()),
                  MemorySize.show(bytes())));
    }
    return Optional.of(target);
  }

  private static OptionalLong estimate(Node node, Workbench bench) {
    if (node.onSpark() || node.prepared.isEmpty() || !node.prepared.get().translated()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(bench.embedded().estimateWork(node.prepared.get()));
    } catch (EngineFailure e) {
      // What fails here fails again where it runs, and is handled there.
      return OptionalLong.empty();
    }
  }

  private KindlingException tooLarge(Node node) {
    return new KindlingException(
        ErrorCode.TOO_LARGE,
        ("%s: Table '%s' needs about %s for what its sorts, joins, groups and windows keep, and this"
                + " machine has %s: %s of memory and %s of free disk to spill to. Run it on a"
                + " cluster: --target, or 'target:' in the pipeline file for tables that are too"
                + " large here; 'kindling size' works out how large a cluster has to be. '--engine"
                + " embedded' tries it here all the same.")
            .formatted(
                node.table.position(),
                node.name(),
                MemorySize.show(node.workBytes.getAsLong()),
                MemorySize.show(bytes()),
                MemorySize.show(memoryBytes),
                MemorySize.show(diskBytes)));
  }
}
