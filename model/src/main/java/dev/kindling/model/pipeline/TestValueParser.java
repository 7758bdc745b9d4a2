package dev.kindling.model.pipeline;

import dev.kindling.model.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads the rows that stand in a test. */
final class TestValueParser {
  // Deeper than any type that a person writes, and a sign of an anchor that holds itself.
  private static final int MAX_DEPTH = 50;

  private final Nodes nodes;
  private final Problems problems;

  TestValueParser(Nodes nodes, Problems problems) {
    this.nodes = nodes;
    this.problems = problems;
  }

  /** The rows of a list; those that are none become problems. */
  List<TestValue.Entries> rows(Node node, Where where) {
    Optional<List<Node>> entries =
        nodes.list(node, where, "rows, such as - { id: 1, name: a }; [] for no rows");
    List<TestValue.Entries> rows = new ArrayList<>();
    int number = 0;
    for (Node entry : entries.orElse(List.of())) {
      entries(entry, where.entry(++number), 0).ifPresent(rows::add);
    }
    return rows;
  }

  private Optional<TestValue.Entries> entries(Node node, Where where, int depth) {
    Optional<Fields> fields = nodes.fields(node, where, "values by name, such as { id: 1 }");
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    List<TestValue.Entry> entries = new ArrayList<>();
    for (Fields.Field field : fields.get().all()) {
      value(field.value(), where.key(Nodes.shown(field.name())), depth + 1)
          .ifPresent(
              value ->
                  entries.add(new TestValue.Entry(field.name(), nodes.start(field.key()), value)));
    }
    return Optional.of(new TestValue.Entries(entries, nodes.start(node)));
  }

  private Optional<? extends TestValue> value(Node node, Where where, int depth) {
    if (depth > MAX_DEPTH) {
      problems.error(
          ErrorCode.PIPELINE_VALUE,
          nodes.start(node),
          where + " is nested too deep (accepted: up to " + MAX_DEPTH + " levels)");
      return Optional.empty();
    }
    if (node instanceof SequenceNode sequence) {
      List<TestValue> items = new ArrayList<>();
      int number = 0;
      for (Node item : sequence.getValue()) {
        value(item, where.entry(++number), depth + 1).ifPresent(items::add);
      }
      return Optional.of(new TestValue.Items(items, nodes.start(node)));
    }
    if (!(node instanceof ScalarNode scalar)) {
      return entries(node, where, depth);
    }
    if (Nodes.isMissing(node)) {
      nodes.wrongType(node, where, "a value", "a value; null for SQL's NULL, '' for an empty text");
      return Optional.empty();
    }
    if (Tag.NULL.equals(scalar.getTag())) {
      return Optional.of(new TestValue.Null(nodes.start(node)));
    }
    return nodes
        .scalar(node, where, "a value, a list or a mapping")
        .map(found -> new TestValue.Text(found.getValue(), nodes.start(node)));
  }
}
