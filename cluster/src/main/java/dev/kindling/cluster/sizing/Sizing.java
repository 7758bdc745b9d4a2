package dev.kindling.cluster.sizing;

/**
 * A cluster, sized: the numbers. {@link Figures} explains them, {@link Settings} turns them into
 * Spark's settings.
 */
public record Sizing(
    SizingRequest request,
    Division division,
    ExecutorMemory memory,
    Partitions partitions,
    Driver driver,
    Allocation allocation) {

  /**
   * Sizes a cluster.
   *
   * @throws dev.kindling.model.error.KindlingException USAGE when the nodes have no place for an
   *     executor
   */
  public static Sizing of(SizingRequest request) {
    Division division = Division.of(request);
    ExecutorMemory memory =
        ExecutorMemory.of(division.placeMemory(), request.offHeap(), request.overhead());
    return new Sizing(
        request,
        division,
        memory,
        Partitions.of(request, division, memory.regions()),
        Driver.of(request, division, memory),
        Allocation.of(request, division));
  }
}
