package dev.kindling.model.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Compares what two YAML texts mean. */
final class YamlValues {
  // Deeper than any pipeline file, and a sign of an anchor that holds itself.
  private static final int MAX_DEPTH = 100;

  private YamlValues() {}

  private record Scalar(String tag, String value) {}

  /**
   * Whether two documents are the same, but that in the mapping at this path the second has these
   * texts in addition to, or in the place of, what the first has.
   */
  static boolean sameButFor(Node first, Node second, List<String> path, Map<String, String> texts) {
    Object before = value(first, 0);
    Object after = value(second, 0);
    Map<Object, Object> changedBefore = at(before, path);
    Map<Object, Object> changedAfter = at(after, path);
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Object found = changedAfter.get(text.getKey());
      if (!(found instanceof Scalar scalar) || !scalar.value().equals(text.getValue())) {
        return false;
      }
      changedBefore.remove(text.getKey());
      changedAfter.remove(text.getKey());
    }
    return before.equals(after);
  }

  /** The mapping at a path, made where it is absent or has no value. */
  private static Map<Object, Object> at(Object value, List<String> path) {
    Map<Object, Object> mapping = mapping(value);
    for (String key : path) {
      Object next = mapping.get(key);
      if (!(next instanceof Map)) {
        next = new LinkedHashMap<>();
        mapping.put(key, next);
      }
      mapping = mapping(next);
    }
    return mapping;
  }

  @SuppressWarnings("unchecked")
  private static Map<Object, Object> mapping(Object value) {
    return (Map<Object, Object>) value;
  }

  private static Object value(Node node, int depth) {
    if (depth > MAX_DEPTH) {
      return new Object();
    }
    if (node instanceof MappingNode mapping) {
      Map<Object, Object> values = new LinkedHashMap<>();
      for (NodeTuple tuple : mapping.getValue()) {
        Object key =
            tuple.getKeyNode() instanceof ScalarNode scalar
                ? scalar.getValue()
                : value(tuple.getKeyNode(), depth + 1);
        values.put(key, value(tuple.getValueNode(), depth + 1));
      }
      return values;
    }
    if (node instanceof SequenceNode sequence) {
      List<Object> values = new ArrayList<>();
      sequence.getValue().forEach(entry -> values.add(value(entry, depth + 1)));
      return values;
    }
    ScalarNode scalar = (ScalarNode) node;
    return new Scalar(scalar.getTag().getValue(), scalar.getValue());
  }
}
