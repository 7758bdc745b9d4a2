package dev.kindling.runtime.script;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;

/**
 * What Spark itself guarantees about a result, and so what can be compared.
 *
 * @param ordered whether the query asks for an order
 * @param reassociated columns, from 0, whose last digits depend on the order of additions, in Spark
 *     too
 * @param notComparable why the rows themselves may differ from run to run; empty when they may not
 */
public record Guarantees(
    boolean ordered, Set<Integer> reassociated, Optional<String> notComparable) {
  /** Of a result in which everything is fixed but the order of rows. */
  public static final Guarantees UNORDERED = new Guarantees(false, Set.of(), Optional.empty());

  public Guarantees {
    reassociated = Set.copyOf(reassociated);
    requireNonNull(notComparable, "notComparable is null");
  }
}
