package dev.kindling.cluster.sizing;

import dev.kindling.model.error.KindlingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The same work on clusters of more and more nodes.
 *
 * @param nodes how many nodes
 * @param sizing empty where so few nodes have no place for an executor beside the driver
 */
public record Growth(int nodes, Optional<Sizing> sizing) {
  /** The steps on the way from one machine to a cluster. */
  public static final List<Integer> STEPS = List.of(1, 3, 5, 10, 20);

  /**
   * The steps for an amount of data.
   *
   * @param request with data; its number of nodes is not used
   * @throws KindlingException USAGE when not even the largest step has a place for an executor
   */
  public static List<Growth> of(SizingRequest request) {
    List<Growth> steps = new ArrayList<>();
    for (int nodes : STEPS) {
      steps.add(new Growth(nodes, sizing(request.withNodes(nodes), nodes)));
    }
    return List.copyOf(steps);
  }

  private static Optional<Sizing> sizing(SizingRequest request, int nodes) {
    try {
      return Optional.of(Sizing.of(request));
    } catch (KindlingException e) {
      if (nodes == STEPS.get(STEPS.size() - 1)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** The steps as a table, line by line. */
  public static List<String> table(List<Growth> steps) {
    String row = "%6s %10s %7s %13s %15s %16s";
    List<String> lines = new ArrayList<>();
    lines.add(
        row.formatted(
            "nodes", "executors", "slots", "input waves", "shuffle waves", "cache holds"));
    for (Growth step : steps) {
      lines.add(
          step.sizing()
              .map(
                  sizing ->
                      row.formatted(
                          Amounts.number(step.nodes()),
                          Amounts.number(sizing.division().executors()),
                          Amounts.number(sizing.partitions().slots()),
                          Amounts.number(
                              sizing.partitions().waves(sizing.partitions().input().orElse(0))),
                          Amounts.number(sizing.partitions().waves(sizing.partitions().shuffle())),
                          Amounts.gb(step.cache())))
              .orElse("%6s   no place for an executor beside the driver".formatted(step.nodes())));
    }
    return lines;
  }

  /** The storage memory of all executors together, in bytes; 0 without a sizing. */
  public long cache() {
    return sizing
        .map(found -> found.memory().regions().storage() * found.division().executors())
        .orElse(0L);
  }
}
