package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * One entry of {@code tests}: some tables get rows of the test's own, and others are compared with
 * what they should then be.
 *
 * @param position of the entry
 * @param at the time that {@code current_timestamp()} gives, as written: a date, perhaps with a
 *     time and a zone; empty for the clock's
 * @param given in file order
 * @param expected in file order, at least one; none of them is given
 */
public record TestCase(
    String name,
    Position position,
    Optional<At> at,
    List<GivenTable> given,
    List<ExpectedTable> expected) {
  public TestCase {
    requireNonNull(name, "name is null");
    requireNonNull(position, "position is null");
    requireNonNull(at, "at is null");
    given = List.copyOf(given);
    expected = List.copyOf(expected);
  }

  /** A time as the file has it. */
  public record At(String text, Position position) {
    public At {
      requireNonNull(text, "text is null");
      requireNonNull(position, "position is null");
    }
  }
}
