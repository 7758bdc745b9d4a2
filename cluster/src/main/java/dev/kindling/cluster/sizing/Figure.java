package dev.kindling.cluster.sizing;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One figure of a sizing, explained.
 *
 * @param name what it is
 * @param value as people read it
 * @param formula how it comes about, with the numbers in it
 * @param source where the formula comes from
 * @param settings the settings of Spark that it becomes; empty for a step on the way
 */
public record Figure(
    Group group, String name, String value, String formula, Source source, List<String> settings) {
  /** The parts of a sizing, in the order of reading. */
  public enum Group {
    EXECUTORS,
    MEMORY,
    PARALLELISM,
    DRIVER,
    ALLOCATION
  }

  public Figure {
    requireNonNull(group, "group is null");
    requireNonNull(name, "name is null");
    requireNonNull(value, "value is null");
    requireNonNull(formula, "formula is null");
    requireNonNull(source, "source is null");
    settings = List.copyOf(settings);
  }
}
