package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** A named set of rows: read or computed, perhaps checked, perhaps written. */
public record Table(
    String name,
    Position position,
    Definition definition,
    List<Expectation> expectations,
    Optional<Write> write) {
  public Table {
    requireNonNull(name, "name is null");
    requireNonNull(position, "position is null");
    requireNonNull(definition, "definition is null");
    expectations = List.copyOf(expectations);
    requireNonNull(write, "write is null");
  }
}
