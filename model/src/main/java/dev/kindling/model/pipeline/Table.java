package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A named set of rows: read or computed, perhaps checked, perhaps written.
 *
 * @param tags words that tables are selected by
 */
public record Table(
    String name,
    Position position,
    Definition definition,
    List<Expectation> expectations,
    Optional<Write> write,
    List<String> tags) {
  public Table {
    requireNonNull(name, "name is null");
    requireNonNull(position, "position is null");
    requireNonNull(definition, "definition is null");
    expectations = List.copyOf(expectations);
    requireNonNull(write, "write is null");
    tags = List.copyOf(tags);
  }

  /** The same, not written. */
  public Table unwritten() {
    return new Table(name, position, definition, expectations, Optional.empty(), tags);
  }
}
