package dev.kindling.runtime.compare;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The comparison of one result.
 *
 * @param name of the table or the statement
 * @param rows how many rows the embedded engine gave
 * @param notes what was taken into account, one sentence each
 * @param differences the first ones, one line each; empty unless the verdict is {@code DIFFERENT}
 */
public record Comparison(
    String name, Verdict verdict, long rows, List<String> notes, List<String> differences) {
  public Comparison {
    requireNonNull(name, "name is null");
    requireNonNull(verdict, "verdict is null");
    notes = List.copyOf(notes);
    differences = List.copyOf(differences);
  }
}
