package dev.kindling.cluster.sizing;

import dev.kindling.model.ByteSize;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.util.List;
import java.util.Optional;

/**
 * How nodes are cut into places for executors.
 *
 * @param coresPerExecutor the tasks that an executor runs at once
 * @param placesPerNode places on each node
 * @param places places in the whole cluster
 * @param executors places that executors get: all, or one less for the driver
 * @param placeMemory the memory of a place in bytes: heap, overhead and off-heap together
 * @param idleCores cores of each node that no executor uses, beside the system's own
 */
public record Division(
    int coresPerExecutor,
    int placesPerNode,
    int places,
    int executors,
    long placeMemory,
    int idleCores) {
  /** The rule of thumb's five, and what is near to it. */
  private static final List<Integer> USUAL_CORES = List.of(5, 4, 3);

  private static final List<Integer> FEW_CORES = List.of(2, 1);

  /** The division that the request's nodes are cut into. */
  static Division of(SizingRequest request) {
    int cores = coresForSpark(request);
    long memory = memoryForSpark(request);
    return best(USUAL_CORES, cores, memory, request)
        .or(() -> firstOf(FEW_CORES, cores, memory, request))
        .orElseThrow(() -> tooSmall(request));
  }

  /** Cores of a node that executors may use. */
  static int coresForSpark(SizingRequest request) {
    int cores = request.shape().coresPerNode() - request.systemCores();
    if (cores < 1) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "A node with %s has none left for Spark: %s kept for the operating system (accepted for --cores: %d and more)."
              .formatted(
                  count(request.shape().coresPerNode(), "core"),
                  request.systemCores() == 1 ? "1 is" : request.systemCores() + " are",
                  request.systemCores() + 1));
    }
    return cores;
  }

  /** Memory of a node that executors may use, in bytes. */
  static long memoryForSpark(SizingRequest request) {
    long memory = request.shape().memoryPerNode() - request.systemMemory();
    long least = leastPlace(request);
    if (memory < least) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "A node with %s of memory has no place for an executor: %s is kept for the operating system,"
                  .formatted(
                      ByteSize.show(request.shape().memoryPerNode()),
                      ByteSize.show(request.systemMemory()))
              + " and an executor takes at least %s (accepted for --memory: %dm and more)."
                  .formatted(
                      ByteSize.show(least), (request.systemMemory() + least) / ByteSize.MIB));
    }
    return memory;
  }

  /** The smallest place worth having: an executor with the heap that Spark gives by default. */
  static long leastPlace(SizingRequest request) {
    return SparkMemory.DEFAULT_HEAP
        + SparkMemory.overhead(SparkMemory.DEFAULT_HEAP, request.overhead())
        + request.offHeap();
  }

  /** The division that leaves the fewest cores idle; of two alike, the one with more cores. */
  private static Optional<Division> best(
      List<Integer> candidates, int cores, long memory, SizingRequest request) {
    Optional<Division> best = Optional.empty();
    for (int candidate : candidates) {
      Optional<Division> division = division(candidate, cores, memory, request);
      if (division.isPresent()
          && (best.isEmpty() || division.get().idleCores < best.get().idleCores)) {
        best = division;
      }
    }
    return best;
  }

  private static Optional<Division> firstOf(
      List<Integer> candidates, int cores, long memory, SizingRequest request) {
    return candidates.stream()
        .flatMap(candidate -> division(candidate, cores, memory, request).stream())
        .findFirst();
  }

  private static Optional<Division> division(
      int coresPerExecutor, int cores, long memory, SizingRequest request) {
    int perNode = (int) Math.min(cores / coresPerExecutor, memory / leastPlace(request));
    int places = perNode * request.shape().nodes();
    int executors = places - (request.takesPlace() ? 1 : 0);
    return executors < 1
        ? Optional.empty()
        : Optional.of(
            new Division(
                coresPerExecutor,
                perNode,
                places,
                executors,
                memory / perNode,
                cores - perNode * coresPerExecutor));
  }

  private static KindlingException tooSmall(SizingRequest request) {
    return new KindlingException(
        ErrorCode.USAGE,
        "%s with %s and %s has one place, and that is the driver's: none is left for an executor."
                .formatted(
                    count(request.shape().nodes(), "node"),
                    count(request.shape().coresPerNode(), "core"),
                    ByteSize.show(request.shape().memoryPerNode()))
            + " Take more or larger nodes, or a driver outside of the cluster: --manager standalone"
            + " --deploy-mode client.");
  }

  /** The candidates of the rule, for the explanation. */
  static String candidates() {
    return "5, 4 and 3";
  }

  /** Whether the rule's own numbers of cores did not fit. */
  boolean unusual() {
    return FEW_CORES.contains(coresPerExecutor);
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
