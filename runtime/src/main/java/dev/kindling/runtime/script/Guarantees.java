package dev.kindling.runtime.script;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What Spark itself guarantees about a result, and so what can be compared.
 *
 * @param orderedBy the places, from 0, of the columns that the rows are sorted by, as far as they
 *     are in the result
 * @param limited whether a LIMIT decides which of the sorted rows there are
 * @param reassociated columns, from 0, whose last digits depend on the order of additions, in Spark
 *     too
 * @param notComparable why the rows themselves may differ from run to run; empty when they may not
 */
public record Guarantees(
    List<Integer> orderedBy,
    boolean limited,
    Set<Integer> reassociated,
    Optional<String> notComparable) {
  /** Of a result in which everything is fixed but the order of rows. */
  public static final Guarantees UNORDERED =
      new Guarantees(List.of(), false, Set.of(), Optional.empty());

  public Guarantees {
    orderedBy = List.copyOf(orderedBy);
    reassociated = Set.copyOf(reassociated);
    requireNonNull(notComparable, "notComparable is null");
  }
}
