package dev.kindling.bench;

import java.util.ArrayList;
import java.util.List;

/** Several things that are closed together, also when starting a later one fails. */
final class Closing<T extends AutoCloseable> implements AutoCloseable {
  private final List<T> all = new ArrayList<>();

  T add(T one) {
    all.add(one);
    return one;
  }

  List<T> all() {
    return List.copyOf(all);
  }

  @Override
  public void close() {
    for (T one : all) {
      try {
        one.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
