package dev.kindling.spark.extension;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

/** What this machine can spare. */
final class Machine {
  private static final long LEAST = 512L << 20;

  private Machine() {}

  /** Half of the memory that the largest heap leaves, for DuckDB's buffers. */
  static OptionalLong spareMemory() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      long left = system.getTotalMemorySize() - Runtime.getRuntime().maxMemory();
      return OptionalLong.of(Math.max(LEAST, left / 2));
    }
    return OptionalLong.empty();
  }
}
