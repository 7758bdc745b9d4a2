package dev.kindling.cluster.sizing;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.ByteSize;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a cluster is sized from.
 *
 * @param data the input in bytes, for streaming that of one micro-batch; empty when unknown
 * @param overheadFactor the share of the heap beside it; empty for the workload's own
 * @param offHeap memory of an executor that Spark manages outside of the heap, in bytes; 0 for none
 * @param systemCores cores of each node that are left to the operating system and its services
 * @param systemMemory memory of each node that is left to them, in bytes
 */
public record SizingRequest(
    ClusterShape shape,
    Workload workload,
    Manager manager,
    DeployMode mode,
    OptionalLong data,
    OptionalDouble overheadFactor,
    long offHeap,
    int systemCores,
    long systemMemory) {
  /** Cores of a node that its operating system keeps, where nothing else is said. */
  public static final int SYSTEM_CORES = 1;

  /** Memory of a node that its operating system keeps, where nothing else is said, in bytes. */
  public static final long SYSTEM_MEMORY = ByteSize.GIB;

  /**
   * @throws KindlingException USAGE for amounts that are not possible
   */
  public SizingRequest {
    requireNonNull(shape, "shape is null");
    requireNonNull(workload, "workload is null");
    requireNonNull(manager, "manager is null");
    requireNonNull(mode, "mode is null");
    requireNonNull(data, "data is null");
    requireNonNull(overheadFactor, "overheadFactor is null");
    if (data.isPresent() && data.getAsLong() < 1) {
      throw new KindlingException(
          ErrorCode.USAGE, "Cannot size a cluster for no data (accepted for --data: 1b and more).");
    }
    if (overheadFactor.isPresent()
        && !(overheadFactor.getAsDouble() >= 0 && overheadFactor.getAsDouble() <= 4)) {
      throw new KindlingException(
          ErrorCode.USAGE,
          String.format(
              Locale.ROOT,
              "Cannot use %s as a share of the heap (accepted for --overhead: 0 to 4, such as 0.1).",
              overheadFactor.getAsDouble()));
    }
    if (offHeap < 0 || systemCores < 0 || systemMemory < 0) {
      throw new IllegalArgumentException("an amount is negative");
    }
  }

  /** A request with nothing but the machines: batches on YARN, the classical rule's own case. */
  public static SizingRequest of(ClusterShape shape) {
    return new SizingRequest(
        shape,
        Workload.ETL,
        Manager.YARN,
        DeployMode.CLUSTER,
        OptionalLong.empty(),
        OptionalDouble.empty(),
        0,
        SYSTEM_CORES,
        SYSTEM_MEMORY);
  }

  /** The same with an amount of data. */
  public SizingRequest withData(long bytes) {
    return new SizingRequest(
        shape,
        workload,
        manager,
        mode,
        OptionalLong.of(bytes),
        overheadFactor,
        offHeap,
        systemCores,
        systemMemory);
  }

  /** The same on another manager. */
  public SizingRequest on(Manager other, DeployMode otherMode) {
    return new SizingRequest(
        shape,
        workload,
        other,
        otherMode,
        data,
        overheadFactor,
        offHeap,
        systemCores,
        systemMemory);
  }

  /** The same with this much memory of each node kept from Spark, in bytes. */
  public SizingRequest keeping(long bytes) {
    return new SizingRequest(
        shape, workload, manager, mode, data, overheadFactor, offHeap, systemCores, bytes);
  }

  /** The same with another number of nodes. */
  public SizingRequest withNodes(int nodes) {
    return new SizingRequest(
        new ClusterShape(nodes, shape.coresPerNode(), shape.memoryPerNode()),
        workload,
        manager,
        mode,
        data,
        overheadFactor,
        offHeap,
        systemCores,
        systemMemory);
  }

  /** The share of an executor's heap that it gets beside it. */
  public double overhead() {
    return overheadFactor.orElse(workload.overheadFactor());
  }

  /** Whether the driver or YARN's application master takes the place of an executor. */
  public boolean takesPlace() {
    return manager.takesPlace(mode);
  }
}
