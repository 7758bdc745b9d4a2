package dev.kindling.cluster.sizing;

import dev.kindling.model.ByteSize;
import java.util.ArrayList;
import java.util.List;

/** What a person should know before using a sizing. */
public final class Warnings {
  private static final long LITTLE_PER_CORE = ByteSize.GIB;
  // Above this, says Spark's page on hardware, the virtual machine does not always behave well.
  private static final long MUCH_HEAP = 200 * ByteSize.GIB;
  private static final int MANY_PARTITIONS = 20_000;

  private Warnings() {}

  /** One sentence or two each; empty where there is nothing to say. */
  public static List<String> of(Sizing sizing) {
    List<String> warnings = new ArrayList<>();
    Division division = sizing.division();
    ExecutorMemory memory = sizing.memory();
    if (division.idleCores() > 0) {
      warnings.add(
          "%s of each node idle: executors of other sizes, or nodes of another, use them."
              .formatted(
                  division.idleCores() == 1 ? "1 core is" : division.idleCores() + " cores are"));
    }
    if (memory.heap() / division.coresPerExecutor() < LITTLE_PER_CORE) {
      warnings.add(
          "A core has only %s of heap: joins and sorts will spill. 2 to 8 GB per core is usual."
              .formatted(Amounts.mb(memory.heap() / division.coresPerExecutor())));
    }
    if (memory.heap() > MUCH_HEAP) {
      warnings.add(
          "A heap of %s: the Java virtual machine does not always behave well above 200 GB. Give a part of it to"
                  .formatted(Amounts.gb(memory.heap()))
              + " --off-heap.");
    } else if (memory.heap() >= SparkMemory.LONG_POINTERS) {
      warnings.add(
          "A heap of %s: from 32 GB on pointers take 8 bytes and not 4, so that 31 GB hold about as much as 40 GB do."
                  .formatted(Amounts.gb(memory.heap()))
              + " --off-heap takes a part of it.");
    }
    if (sizing.partitions().shuffle() > MANY_PARTITIONS) {
      warnings.add(
          "%s shuffle partitions make that many times as many blocks as there are tasks before: filter and aggregate"
                  .formatted(Amounts.number(sizing.partitions().shuffle()))
              + " before the shuffle, or take executors with more memory.");
    }
    return List.copyOf(warnings);
  }
}
