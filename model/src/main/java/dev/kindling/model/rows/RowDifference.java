package dev.kindling.model.rows;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A row that is missing, that was not expected, or that is in the place of another.
 *
 * @param number of the expected row, from 1; of the one that was found where none was expected
 * @param expected its cells
 * @param found likewise
 * @param <C> a cell
 */
public record RowDifference<C>(int number, Optional<List<C>> expected, Optional<List<C>> found) {
  public RowDifference {
    requireNonNull(expected, "expected is null");
    requireNonNull(found, "found is null");
  }

  /** The same difference with other cells, such as their texts. */
  public <D> RowDifference<D> map(Function<List<C>, List<D>> cells) {
    return new RowDifference<>(number, expected.map(cells), found.map(cells));
  }
}
