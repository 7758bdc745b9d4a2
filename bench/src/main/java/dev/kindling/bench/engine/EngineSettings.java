package dev.kindling.bench.engine;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * What every engine gets alike.
 *
 * @param threads how many it may run
 * @param memoryBytes heap and native buffers together
 * @param scratch a folder of its own for spilled data
 */
public record EngineSettings(int threads, long memoryBytes, Path scratch) {
  public EngineSettings {
    requireNonNull(scratch, "scratch is null");
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads);
    }
    if (memoryBytes < 256L << 20) {
      throw new IllegalArgumentException("memory is " + memoryBytes + " bytes");
    }
  }
}
