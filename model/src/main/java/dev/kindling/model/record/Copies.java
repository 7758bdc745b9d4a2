package dev.kindling.model.record;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Unmodifiable copies for compact constructors. */
final class Copies {
  private Copies() {}

  /** Keeps the order, which {@link Map#copyOf} does not. */
  static Map<String, String> ordered(Map<String, String> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
