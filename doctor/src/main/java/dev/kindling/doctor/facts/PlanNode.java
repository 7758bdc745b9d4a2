package dev.kindling.doctor.facts;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A node of a query's physical plan, as it was at the end.
 *
 * @param name Spark's name of the operator, such as {@code SortMergeJoin}
 * @param text the operator with its arguments, which Spark may have cut
 * @param metadata what a scan says of itself: Location, PartitionFilters, PushedFilters, …
 * @param metrics the numbers of its accumulators by the metrics' names
 * @param figures the metrics' sums by their names, of those that tasks or the driver reported
 */
public record PlanNode(
    String name,
    String text,
    List<PlanNode> children,
    Map<String, String> metadata,
    Map<String, Long> metrics,
    Map<String, Long> figures) {
  public PlanNode {
    children = List.copyOf(children);
    metadata = Map.copyOf(metadata);
    metrics = Map.copyOf(metrics);
    figures = Map.copyOf(figures);
  }

  /** The text without the numbers that tell columns of one name apart, as in {@code id#12L}. */
  public String readable() {
    return readable(text);
  }

  /** The same for a part of such a text. */
  public static String readable(String text) {
    return text.replaceAll("#\\d+L?", "");
  }

  /** A metric's sum; empty when nobody reported it. */
  public OptionalLong figure(String metric) {
    Long value = figures.get(metric);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** This node and all below it, those above first. */
  public Stream<PlanNode> all() {
    return Stream.concat(Stream.of(this), children.stream().flatMap(PlanNode::all));
  }

  /** The name without a scan's table or a code generator's number. */
  public boolean is(String operator) {
    return name.equals(operator) || name.startsWith(operator + " ");
  }

  /** The same with the metrics' sums, of which all that are known are given by their numbers. */
  PlanNode with(Map<Long, Long> sums) {
    Map<String, Long> known = new TreeMap<>();
    metrics.forEach(
        (metric, accumulator) -> {
          if (sums.containsKey(accumulator)) {
            known.put(metric, sums.get(accumulator));
          }
        });
    return new PlanNode(
        name,
        text,
        children.stream().map(child -> child.with(sums)).toList(),
        metadata,
        metrics,
        known);
  }
}
