package dev.kindling.model.rows;

/**
 * When two cells are the same.
 *
 * @param <C> a cell, never null
 */
public interface Sameness<C> {
  /** Whether cells of this column are the same only when they are equal. */
  boolean isExact(int column);

  /** Whether two cells of a column are the same; those that are equal always are. */
  boolean isSame(C expected, C found, int column);

  /** Cells are the same when they are equal. */
  static <C> Sameness<C> exact() {
    return new Sameness<>() {
      @Override
      public boolean isExact(int column) {
        return true;
      }

      @Override
      public boolean isSame(C expected, C found, int column) {
        return expected.equals(found);
      }
    };
  }
}
