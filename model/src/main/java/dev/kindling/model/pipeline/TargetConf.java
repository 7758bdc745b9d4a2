package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Changes the settings of a target in a pipeline file and leaves all the rest of the text as it is:
 * comments, order, quotes, line ends. What comes out is read again and compared with what was
 * meant; a file in which that cannot be had is refused, never rewritten.
 */
public final class TargetConf {
  private static final String TARGETS = "targets";
  private static final String CONF = "conf";
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private final String target;
  private final TextEdits edits;

  private TargetConf(Path file, String target, String text) {
    this.file = file;
    this.target = target;
    this.edits = new TextEdits(text);
  }

  /**
   * A change that is not written yet.
   *
   * @param file the pipeline file
   * @param master the target's master as it stands there; empty when it has none
   * @param before its text
   * @param after its text with the settings; equal to {@code before} when they stand there already
   */
  public record Change(Path file, Optional<String> master, String before, String after) {
    public Change {
      requireNonNull(file, "file is null");
      requireNonNull(master, "master is null");
      requireNonNull(before, "before is null");
      requireNonNull(after, "after is null");
    }

    /**
     * Writes the file, whole or not at all.
     *
     * @throws KindlingException FILE_ACCESS when it cannot be written, or was changed meanwhile
     */
    public void write() {
      try {
        Path real = file.toRealPath();
        if (!Files.readString(real).equals(before)) {
          throw new KindlingException(
              ErrorCode.FILE_ACCESS,
              "Pipeline file '"
                  + file
                  + "' was changed meanwhile; it is left as it is. Try again.");
        }
        Path temporary =
            Files.createTempFile(real.toAbsolutePath().getParent(), ".kindling", ".yaml");
        try {
          Files.copy(
              real,
              temporary,
              StandardCopyOption.REPLACE_EXISTING,
              StandardCopyOption.COPY_ATTRIBUTES);
          Files.writeString(temporary, after);
          Files.move(
              temporary, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
          Files.deleteIfExists(temporary);
        }
      } catch (IOException e) {
        throw new KindlingException(
            ErrorCode.FILE_ACCESS,
            "Cannot write pipeline file '" + file + "': " + FileErrors.reason(e),
            e);
      }
    }
  }

  /**
   * The change that gives a target these settings. Settings that the target has and that are not
   * among these stay.
   *
   * @param fileOrFolder the pipeline file, or the folder with it
   * @param settings names and values, of letters, digits, dots and the like, without blanks
   * @throws KindlingException with the file's own problem when it is not YAML; USAGE when it has no
   *     such target; PIPELINE_VALUE when the change cannot be made safely
   */
  public static Change with(Path fileOrFolder, String target, Map<String, String> settings) {
    Path file = PipelineReader.file(fileOrFolder);
    Problems problems = new Problems();
    byte[] bytes = PipelineReader.bytes(file, problems).orElseThrow(() -> failure(problems));
    Node root = compose(file, bytes, problems);
    String content = new String(bytes, StandardCharsets.UTF_8);
    String mark = content.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
    TargetConf conf = new TargetConf(file, target, content.substring(mark.length()));
    MappingNode node = conf.find(root);
    conf.put(node, settings);
    String after = conf.edits.applied();
    conf.verify(root, after, settings);
    Optional<String> master =
        conf.entry(node, "master")
            .map(NodeTuple::getValueNode)
            .filter(ScalarNode.class::isInstance)
            .map(value -> ((ScalarNode) value).getValue());
    return new Change(file, master, content, mark + after);
  }

  private static Node compose(Path file, byte[] bytes, Problems problems) {
    return YamlDocument.parse(file, bytes, problems).orElseThrow(() -> failure(problems)).root();
  }

  private static KindlingException failure(Problems problems) {
    Problem first = problems.sorted().get(0);
    return new KindlingException(first.code(), first.toString());
  }

  private MappingNode find(Node root) {
    List<String> names = new ArrayList<>();
    if (root instanceof MappingNode mapping) {
      Optional<NodeTuple> targets = entry(mapping, TARGETS);
      if (targets.isPresent() && targets.get().getValueNode() instanceof MappingNode all) {
        for (NodeTuple tuple : all.getValue()) {
          names.add(name(tuple));
        }
        Optional<NodeTuple> found = entry(all, target);
        if (found.isPresent()) {
          return mapping(found.get());
        }
      }
    }
    throw new KindlingException(
        ErrorCode.USAGE,
        "Pipeline file '"
            + file
            + "' has no target '"
            + target
            + "' ("
            + (names.isEmpty() ? "it has no targets" : "targets: " + String.join(", ", names))
            + ")."
            + Suggestions.didYouMean(target, names)
            + " Write it there first, such as: targets: { "
            + target
            + ": { master: \"spark://host:7077\" } }");
  }

  private void put(MappingNode node, Map<String, String> settings) {
    Optional<NodeTuple> entry = entry(node, CONF);
    if (entry.isEmpty()) {
      append(node, new LinkedHashMap<>(), settings);
      return;
    }
    Node value = entry.get().getValueNode();
    if (Nodes.isMissing(value)) {
      int indent = indent(entry.get().getKeyNode()) + 2;
      edits.insertLinesBelow(
          entry.get().getKeyNode().getEndMark().getIndex(), lines(settings, indent));
      return;
    }
    MappingNode conf = mapping(entry.get());
    Map<String, String> missing = new LinkedHashMap<>();
    settings.forEach(
        (key, text) -> {
          Optional<NodeTuple> setting = entry(conf, key);
          if (setting.isPresent()) {
            replace(setting.get(), text);
          } else {
            missing.put(key, text);
          }
        });
    append(conf, missing, Map.of());
  }

  private void replace(NodeTuple setting, String value) {
    if (!(setting.getValueNode() instanceof ScalarNode old)
        || Nodes.isMissing(old)
        || isAlias(setting)
        || old.getAnchor() != null
        || old.getStartMark().getLine() != old.getEndMark().getLine()) {
      throw unsafe(setting.getKeyNode(), "setting '" + name(setting) + "' is not a simple value");
    }
    if (old.getValue().contains("${")) {
      throw unsafe(
          old, "setting '" + name(setting) + "' takes its value from elsewhere: " + old.getValue());
    }
    if (old.getValue().equals(value)) {
      return;
    }
    String quote =
        old.getScalarStyle() == ScalarStyle.SINGLE_QUOTED
            ? "'"
            : old.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED ? "\"" : "";
    edits.replace(
        old.getStartMark().getIndex(), old.getEndMark().getIndex(), quote + value + quote);
  }

  /** Adds entries, and perhaps a mapping {@code conf} of entries, behind those that are there. */
  private void append(MappingNode node, Map<String, String> entries, Map<String, String> conf) {
    if (entries.isEmpty() && conf.isEmpty()) {
      return;
    }
    if (node.getFlowStyle() == FlowStyle.FLOW) {
      String added = flow(entries) + (conf.isEmpty() ? "" : CONF + ": { " + flow(conf) + " }");
      if (node.getValue().isEmpty()) {
        edits.insert(node.getStartMark().getIndex() + 1, " " + added + " ");
      } else {
        edits.insert(last(node).getEndMark().getIndex(), ", " + added);
      }
      return;
    }
    Node firstKey = node.getValue().get(0).getKeyNode();
    int indent = indent(firstKey);
    List<String> lines = new ArrayList<>(lines(entries, indent));
    if (!conf.isEmpty()) {
      lines.add(" ".repeat(indent) + CONF + ":");
      lines.addAll(lines(conf, indent + 2));
    }
    if (endsOnItsLine(last(node))) {
      edits.insertLinesBelow(last(node).getEndMark().getIndex(), lines);
    } else {
      edits.insertLinesAbove(firstKey.getStartMark().getIndex(), lines);
    }
  }

  private static String flow(Map<String, String> entries) {
    List<String> parts = new ArrayList<>();
    entries.forEach((key, value) -> parts.add(key + ": " + value));
    return String.join(", ", parts);
  }

  private static List<String> lines(Map<String, String> entries, int indent) {
    List<String> lines = new ArrayList<>();
    entries.forEach((key, value) -> lines.add(" ".repeat(indent) + key + ": " + value));
    return lines;
  }

  private static Node last(MappingNode node) {
    return node.getValue().get(node.getValue().size() - 1).getValueNode();
  }

  /** Whether YAML's mark of the node's end is where the node's text ends. */
  private static boolean endsOnItsLine(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getScalarStyle() != ScalarStyle.LITERAL
          && scalar.getScalarStyle() != ScalarStyle.FOLDED
          && !Nodes.isMissing(scalar);
    }
    return node instanceof MappingNode mapping && mapping.getFlowStyle() == FlowStyle.FLOW;
  }

  private MappingNode mapping(NodeTuple entry) {
    if (!(entry.getValueNode() instanceof MappingNode mapping)) {
      throw unsafe(entry.getKeyNode(), "'" + name(entry) + "' is not a mapping");
    }
    if (isAlias(entry) || mapping.getAnchor() != null) {
      throw unsafe(entry.getKeyNode(), "'" + name(entry) + "' is shared by an anchor or an alias");
    }
    if (mapping.getValue().stream().anyMatch(e -> Tag.MERGE.equals(e.getKeyNode().getTag()))) {
      throw unsafe(entry.getKeyNode(), "'" + name(entry) + "' has a merge key '<<'");
    }
    return mapping;
  }

  /** An alias is the node that its anchor names, which stands further up. */
  private static boolean isAlias(NodeTuple entry) {
    return entry.getValueNode().getStartMark().getIndex()
        < entry.getKeyNode().getEndMark().getIndex();
  }

  private Optional<NodeTuple> entry(MappingNode mapping, String key) {
    List<NodeTuple> found =
        mapping.getValue().stream().filter(tuple -> name(tuple).equals(key)).toList();
    if (found.size() > 1) {
      throw unsafe(found.get(1).getKeyNode(), "key '" + key + "' stands twice");
    }
    return found.stream().findFirst();
  }

  private static String name(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  /** The blanks before a key, which must have its line to itself. */
  private int indent(Node key) {
    int column = key.getStartMark().getColumn();
    if (!edits.blankBefore(key.getStartMark().getIndex(), column)) {
      throw unsafe(key, "it does not begin its line");
    }
    return column;
  }

  private void verify(Node root, String after, Map<String, String> settings) {
    Problems problems = new Problems();
    Optional<YamlDocument> changed =
        YamlDocument.parse(file, after.getBytes(StandardCharsets.UTF_8), problems);
    if (changed.isEmpty()
        || !YamlValues.sameButFor(
            root, changed.get().root(), List.of(TARGETS, target, CONF), settings)) {
      throw unsafe(root, "the changed text would not mean what it should");
    }
  }

  private KindlingException unsafe(Node at, String why) {
    Position position =
        new Position(file, at.getStartMark().getLine() + 1, at.getStartMark().getColumn() + 1);
    return new KindlingException(
        ErrorCode.PIPELINE_VALUE,
        position
            + ": Cannot change the settings of target '"
            + target
            + "' safely: "
            + why
            + ". Write the settings there by hand.");
  }
}
