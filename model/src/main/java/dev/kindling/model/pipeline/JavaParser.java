package dev.kindling.model.pipeline;

import dev.kindling.model.error.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads {@code java:}, a table that a class computes, and {@code classpath:}, where classes lie.
 */
final class JavaParser {
  static final List<String> KEYS = List.of("class", "inputs", "options", "schema");
  private static final Pattern CLASS =
      Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*");

  private final Nodes nodes;
  private final Problems problems;
  private final Substitution substitution;

  JavaParser(Nodes nodes, Problems problems, Substitution substitution) {
    this.nodes = nodes;
    this.problems = problems;
    this.substitution = substitution;
  }

  /**
   * The table; empty, with problems, when it cannot be made.
   *
   * @param tables the names of all tables of the file
   */
  Optional<JavaCall> call(Fields.Field field, Where where, Collection<String> tables) {
    Optional<Fields> found = nodes.fields(field.value(), where, String.join(", ", KEYS));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = found.get();
    for (Fields.Field key : fields.all()) {
      if (!KEYS.contains(key.name())) {
        nodes.unknownKey(key, where, KEYS, String.join(", ", KEYS));
      }
    }
    Optional<String> className = className(fields, field, where);
    List<String> inputs =
        fields
            .find("inputs")
            .map(key -> inputs(key.value(), where.key("inputs"), tables))
            .orElse(List.of());
    Map<String, String> options =
        fields
            .find("options")
            .map(key -> options(key.value(), where.key("options")))
            .orElse(Map.of());
    Optional<String> schema =
        fields
            .find("schema")
            .flatMap(
                key ->
                    nodes.text(
                        key.value(),
                        where.key("schema"),
                        "Spark DDL, such as \"id BIGINT, name STRING\""));
    return className.map(
        name -> new JavaCall(name, inputs, options, schema, nodes.start(field.key())));
  }

  private Optional<String> className(Fields fields, Fields.Field parent, Where where) {
    String accepted = "a class with its package, such as com.acme.Score";
    Optional<Fields.Field> field = fields.find("class");
    if (field.isEmpty()) {
      problems.error(
          ErrorCode.PIPELINE_MISSING_KEY,
          nodes.start(parent.key()),
          "Key 'class' is missing in " + where + " (accepted: " + accepted + ")");
      return Optional.empty();
    }
    Node value = field.get().value();
    Optional<String> name = nodes.text(value, where.key("class"), accepted);
    if (name.isPresent() && !CLASS.matcher(name.get()).matches()) {
      problems.error(
          ErrorCode.PIPELINE_VALUE,
          nodes.start(value),
          where.key("class")
              + " is not the name of a class, found '"
              + Nodes.shown(name.get())
              + "' (accepted: "
              + accepted
              + ")");
      return Optional.empty();
    }
    return name;
  }

  private List<String> inputs(Node node, Where where, Collection<String> tables) {
    Map<String, String> names = new LinkedHashMap<>();
    tables.forEach(table -> names.put(table.toLowerCase(Locale.ROOT), table));
    String accepted = String.join(", ", tables);
    List<String> inputs = new ArrayList<>();
    List<Node> entries =
        node instanceof ScalarNode && !Nodes.isMissing(node)
            ? List.of(node)
            : nodes.list(node, where, "a table, or a list of tables").orElse(List.of());
    for (int i = 0; i < entries.size(); i++) {
      Where at = entries.size() == 1 ? where : where.entry(i + 1);
      nodes.choice(entries.get(i), at, names, accepted).ifPresent(inputs::add);
    }
    return inputs;
  }

  private Map<String, String> options(Node node, Where where) {
    Map<String, String> options = new LinkedHashMap<>();
    Optional<Fields> fields = nodes.fields(node, where, "names with a text, number or boolean");
    if (fields.isPresent()) {
      for (Fields.Field field : fields.get().all()) {
        Where at = where.key(Nodes.shown(field.name()));
        nodes
            .scalar(field.value(), at, "a text, number or boolean; '' for an empty text")
            .flatMap(
                scalar -> substitution.setting(scalar.getValue(), at, nodes.start(field.value())))
            .ifPresent(text -> options.put(field.name(), text));
      }
    }
    return options;
  }

  /** The entries of {@code classpath:}. */
  List<ClassPathEntry> classPath(Node node, Where where) {
    String accepted = "a folder of classes or a jar, or a list of them";
    List<Node> entries =
        node instanceof ScalarNode && !Nodes.isMissing(node)
            ? List.of(node)
            : nodes.list(node, where, accepted).orElse(List.of());
    List<ClassPathEntry> paths = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Node entry = entries.get(i);
      Where at = entries.size() == 1 ? where : where.entry(i + 1);
      nodes
          .text(entry, at, "a folder of classes or a jar")
          .flatMap(text -> substitution.path(text, at, nodes.start(entry)))
          .filter(path -> isLocal(path, at, nodes.start(entry)))
          .ifPresent(path -> paths.add(new ClassPathEntry(path, nodes.start(entry))));
    }
    return paths;
  }

  private boolean isLocal(String path, Where where, Position position) {
    if (PipelinePaths.isUri(path) && !path.startsWith("file:")) {
      problems.error(
          ErrorCode.PIPELINE_VALUE,
          position,
          where
              + " is not on this machine, found '"
              + Nodes.shown(path)
              + "' (accepted: a folder of classes or a jar)");
      return false;
    }
    return true;
  }
}
