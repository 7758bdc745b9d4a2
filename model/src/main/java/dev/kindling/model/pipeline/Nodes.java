package dev.kindling.model.pipeline;

import dev.kindling.model.error.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Takes values out of YAML nodes. What does not fit becomes a problem, and the caller gets nothing
 * and goes on, so that one pass finds all problems of a file.
 */
final class Nodes {
  private static final int SHOWN = 60;

  private final YamlDocument document;
  private final Problems problems;

  Nodes(YamlDocument document, Problems problems) {
    this.document = document;
    this.problems = problems;
  }

  Position start(Node node) {
    return document.start(node);
  }

  /**
   * The keys of a mapping. Keys that stand there twice are problems and the first one counts.
   *
   * @param accepted what the mapping holds, for the message when it is none
   */
  Optional<Fields> fields(Node node, Where where, String accepted) {
    if (!(node instanceof MappingNode mapping)) {
      wrongType(node, where, "a mapping", accepted);
      return Optional.empty();
    }
    Fields fields = new Fields();
    for (NodeTuple tuple : mapping.getValue()) {
      Node key = tuple.getKeyNode();
      if (!(key instanceof ScalarNode scalar)) {
        problems.error(
            ErrorCode.PIPELINE_TYPE,
            start(key),
            "A key in " + where + " must be text, found " + found(key));
        continue;
      }
      String name = scalar.getValue();
      if (Tag.MERGE.equals(scalar.getTag())) {
        problems.error(
            ErrorCode.PIPELINE_UNKNOWN_KEY,
            start(key),
            "YAML's merge key '<<' is not accepted in " + where + ". Write the keys out.");
      } else if (fields.has(name)) {
        Position first = start(fields.find(name).orElseThrow().key());
        problems.error(
            ErrorCode.PIPELINE_DUPLICATE,
            start(key),
            "Key '"
                + shown(name)
                + "' stands twice in "
                + where
                + "; the first is at line "
                + first.line()
                + ", column "
                + first.column());
      } else {
        fields.add(new Fields.Field(name, scalar, tuple.getValueNode()));
      }
    }
    return Optional.of(fields);
  }

  /** The entries of a list. */
  Optional<List<Node>> list(Node node, Where where, String accepted) {
    if (node instanceof SequenceNode sequence) {
      return Optional.of(sequence.getValue());
    }
    wrongType(node, where, "a list", accepted);
    return Optional.empty();
  }

  /** A text, also one that YAML takes for a number, a date or true; not an empty one. */
  Optional<String> text(Node node, Where where, String accepted) {
    Optional<ScalarNode> scalar = scalar(node, where, accepted);
    if (scalar.isPresent() && scalar.get().getValue().isBlank()) {
      problems.error(
          ErrorCode.PIPELINE_VALUE, start(node), where + " is empty (accepted: " + accepted + ")");
      return Optional.empty();
    }
    return scalar.map(ScalarNode::getValue);
  }

  /** A value that is neither a list nor a mapping nor missing; it may be an empty text. */
  Optional<ScalarNode> scalar(Node node, Where where, String accepted) {
    if (node instanceof ScalarNode scalar && !isMissing(scalar) && hasKnownTag(scalar)) {
      return Optional.of(scalar);
    }
    wrongType(node, where, "text", accepted);
    return Optional.empty();
  }

  /** A text that YAML does not take for anything else. */
  Optional<ScalarNode> sql(Node node, Where where) {
    if (node instanceof ScalarNode scalar && Tag.STR.equals(scalar.getTag())) {
      if (!scalar.getValue().isBlank()) {
        return Optional.of(scalar);
      }
      problems.error(
          ErrorCode.PIPELINE_VALUE, start(node), where + " is empty (accepted: Spark SQL)");
      return Optional.empty();
    }
    wrongType(node, where, "text", "Spark SQL");
    return Optional.empty();
  }

  /** One of a few names, upper and lower case taken as equal. */
  <E> Optional<E> choice(Node node, Where where, Map<String, E> accepted, String names) {
    if (!(node instanceof ScalarNode scalar) || isMissing(scalar)) {
      wrongType(node, where, "text", names);
      return Optional.empty();
    }
    E chosen = accepted.get(scalar.getValue().toLowerCase(Locale.ROOT));
    if (chosen == null) {
      problems.error(
          ErrorCode.PIPELINE_VALUE,
          start(node),
          "Unknown value '"
              + shown(scalar.getValue())
              + "' of "
              + where
              + " (accepted: "
              + names
              + ")"
              + Suggestions.didYouMean(scalar.getValue(), accepted.keySet()));
    }
    return Optional.ofNullable(chosen);
  }

  /** Names of columns: a text, or a list of texts without one twice. */
  List<String> columns(Node node, Where where) {
    String accepted = "a column, or a list of columns";
    if (node instanceof ScalarNode) {
      Optional<String> name = text(node, where, accepted);
      return name.isPresent() ? List.of(name.get()) : List.of();
    }
    Optional<List<Node>> entries = list(node, where, accepted);
    if (entries.isEmpty()) {
      return List.of();
    }
    if (entries.get().isEmpty()) {
      problems.error(
          ErrorCode.PIPELINE_VALUE, start(node), where + " is empty (accepted: " + accepted + ")");
    }
    List<String> names = new ArrayList<>();
    Map<String, Node> seen = new HashMap<>();
    int number = 0;
    for (Node entry : entries.get()) {
      Optional<String> name = text(entry, where.entry(++number), "the name of a column");
      if (name.isPresent()) {
        if (seen.putIfAbsent(name.get().toLowerCase(Locale.ROOT), entry) != null) {
          problems.error(
              ErrorCode.PIPELINE_DUPLICATE,
              start(entry),
              "Column '" + shown(name.get()) + "' stands twice in " + where);
        }
        names.add(name.get());
      }
    }
    return names;
  }

  /** A key that must be there, unless an unknown one looks like it: that one says it all. */
  void missingKey(String key, Fields fields, Fields.Field parent, Where where, String accepted) {
    boolean misspelt =
        fields.all().stream()
            .anyMatch(field -> Suggestions.closest(field.name(), List.of(key)).isPresent());
    if (!misspelt) {
      problems.error(
          ErrorCode.PIPELINE_MISSING_KEY,
          start(parent.key()),
          "Key '" + key + "' is missing in " + where + " (accepted: " + accepted + ")");
    }
  }

  /** A key that has no meaning where it stands. */
  void unknownKey(Fields.Field field, Where where, Collection<String> known, String accepted) {
    if (isRestOfValue(field)) {
      problems.error(
          ErrorCode.PIPELINE_UNKNOWN_KEY,
          start(field.key()),
          "Unknown key '"
              + shown(field.name())
              + "' in "
              + where
              + ": between { and } a comma ends the value before it. Put that value in quotes, or"
              + " on lines of its own.");
      return;
    }
    problems.error(
        ErrorCode.PIPELINE_UNKNOWN_KEY,
        start(field.key()),
        "Unknown key '"
            + shown(field.name())
            + "' in "
            + where
            + " (accepted: "
            + accepted
            + ")"
            + Suggestions.didYouMean(field.name(), known));
  }

  /** Whether a key looks like the end of a text with a comma in it, such as SQL. */
  private static boolean isRestOfValue(Fields.Field field) {
    return field.name().chars().anyMatch(c -> " ()'\"".indexOf(c) >= 0)
        && field.value() instanceof ScalarNode value
        && value.getStartMark().getIndex() == value.getEndMark().getIndex();
  }

  void wrongType(Node node, Where where, String needed, String accepted) {
    problems.error(
        ErrorCode.PIPELINE_TYPE,
        start(node),
        where + " must be " + needed + ", found " + found(node) + " (accepted: " + accepted + ")");
  }

  /** Whether a key stands there without a value. */
  static boolean isMissing(Node node) {
    return node instanceof ScalarNode scalar
        && scalar.isPlain()
        && scalar.getValue().isEmpty()
        && Tag.NULL.equals(scalar.getTag());
  }

  /** A node in the words of messages: its YAML type, and its value where it is short. */
  static String found(Node node) {
    if (node instanceof MappingNode) {
      return "a mapping";
    }
    if (node instanceof SequenceNode) {
      return "a list";
    }
    ScalarNode scalar = (ScalarNode) node;
    String value = shown(scalar.getValue());
    Tag tag = scalar.getTag();
    if (isMissing(node)) {
      return "nothing";
    } else if (Tag.NULL.equals(tag)) {
      return "YAML's null";
    } else if (Tag.INT.equals(tag)) {
      return "the whole number " + value;
    } else if (Tag.FLOAT.equals(tag)) {
      return "the number " + value;
    } else if (Tag.BOOL.equals(tag)) {
      return "YAML's boolean " + value;
    } else if (Tag.TIMESTAMP.equals(tag)) {
      return "the date " + value;
    } else if (Tag.STR.equals(tag)) {
      return "the text '" + value + "'";
    }
    return "a value with the tag " + shown(tag.getValue());
  }

  /** A text of the user's in a message: one line, and not too long. */
  static String shown(String text) {
    StringBuilder line = new StringBuilder();
    int length = Math.min(text.length(), SHOWN);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      line.append(Character.isISOControl(c) ? ' ' : c);
    }
    return text.length() > SHOWN ? line + "…" : line.toString();
  }

  private static boolean hasKnownTag(ScalarNode scalar) {
    Tag tag = scalar.getTag();
    return Tag.STR.equals(tag)
        || Tag.INT.equals(tag)
        || Tag.FLOAT.equals(tag)
        || Tag.BOOL.equals(tag)
        || Tag.TIMESTAMP.equals(tag)
        || Tag.NULL.equals(tag);
  }
}
