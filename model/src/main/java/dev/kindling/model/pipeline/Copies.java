package dev.kindling.model.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Unmodifiable copies for compact constructors. */
final class Copies {
  private Copies() {}

  /** Keeps the order, which {@link Map#copyOf} does not. */
  static <V> Map<String, V> ordered(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  static <T> List<T> nonEmpty(List<T> list) {
    if (list.isEmpty()) {
      throw new IllegalArgumentException("At least one column is needed");
    }
    return List.copyOf(list);
  }
}
