package dev.kindling.model.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The keys of a mapping, each with its value, in file order. */
final class Fields {
  /** A key and its value. */
  record Field(String name, ScalarNode key, Node value) {}

  private final Map<String, Field> byName = new LinkedHashMap<>();

  void add(Field field) {
    byName.put(field.name(), field);
  }

  Optional<Field> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  List<Field> all() {
    return new ArrayList<>(byName.values());
  }

  boolean isEmpty() {
    return byName.isEmpty();
  }
}
