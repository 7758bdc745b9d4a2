package dev.kindling.runtime.pipeline;

import dev.kindling.model.rows.Sameness;
import dev.kindling.runtime.compare.NearNumbers;
import java.util.Optional;
import java.util.Set;

/**
 * Cells as text are the same but for what Spark itself leaves open.
 *
 * @param near the places of columns with sums of floating-point numbers
 */
record LastDigits(Set<Integer> near) implements Sameness<Optional<String>> {
  LastDigits {
    near = Set.copyOf(near);
  }

  @Override
  public boolean isExact(int column) {
    return !near.contains(column);
  }

  @Override
  public boolean isSame(Optional<String> expected, Optional<String> found, int column) {
    if (isExact(column) || expected.isEmpty() || found.isEmpty()) {
      return expected.equals(found);
    }
    return NearNumbers.of(expected.get()).isNear(NearNumbers.of(found.get()));
  }
}
