package dev.kindling.model.pipeline;

import dev.kindling.model.error.ErrorCode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads {@code targets:}, the Sparks that a pipeline may run on. */
final class TargetParser {
  static final List<String> KEYS = List.of("master", "spark_home", "hadoop_conf", "conf");

  private final Path directory;
  private final Nodes nodes;
  private final Problems problems;
  private final Substitution substitution;
  private final SettingsParser settings;

  /**
   * @param directory where relative paths start
   */
  TargetParser(Path directory, Nodes nodes, Problems problems, Substitution substitution) {
    this.directory = directory;
    this.nodes = nodes;
    this.problems = problems;
    this.substitution = substitution;
    this.settings = new SettingsParser(nodes, problems, substitution);
  }

  /** By name, in file order. */
  Map<String, Target> parse(Node node, Where where) {
    Map<String, Target> targets = new LinkedHashMap<>();
    Optional<Fields> entries = nodes.fields(node, where, "a mapping of names to targets");
    if (entries.isPresent()) {
      for (Fields.Field entry : entries.get().all()) {
        target(entry, where.key(Nodes.shown(entry.name())))
            .ifPresent(target -> targets.put(target.name(), target));
      }
    }
    return targets;
  }

  private Optional<Target> target(Fields.Field entry, Where where) {
    if (Masters.isMaster(entry.name())) {
      problems.error(
          ErrorCode.PIPELINE_VALUE,
          nodes.start(entry.key()),
          where + " has a name that is a master itself (accepted: a name such as prod)");
    }
    Optional<Fields> fields = nodes.fields(entry.value(), where, String.join(", ", KEYS));
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    for (Fields.Field field : fields.get().all()) {
      if (!KEYS.contains(field.name())) {
        nodes.unknownKey(field, where, KEYS, String.join(", ", KEYS));
      }
    }
    Map<String, String> conf =
        fields
            .get()
            .find("conf")
            .map(
                field ->
                    settings.parse(
                        field.value(), where.key("conf"), SettingsParser.Owner.APPLICATION))
            .orElse(Map.of());
    Optional<Path> sparkHome = folder(fields.get(), "spark_home", where);
    Optional<Path> hadoopConf = folder(fields.get(), "hadoop_conf", where);
    Optional<Fields.Field> master = fields.get().find("master");
    if (master.isEmpty()) {
      problems.error(
          ErrorCode.PIPELINE_MISSING_KEY,
          nodes.start(entry.key()),
          "Key 'master' is missing in " + where + " (accepted: " + Masters.ACCEPTED + ")");
      return Optional.empty();
    }
    return master(master.get(), where.key("master"))
        .map(text -> new Target(entry.name(), text, sparkHome, hadoopConf, conf));
  }

  private Optional<Path> folder(Fields fields, String key, Where where) {
    return fields
        .find(key)
        .flatMap(
            field ->
                nodes
                    .text(field.value(), where.key(key), "the path of a folder")
                    .flatMap(
                        text ->
                            substitution.setting(text, where.key(key), nodes.start(field.value())))
                    .map(directory::resolve));
  }

  private Optional<String> master(Fields.Field field, Where where) {
    Optional<ScalarNode> value = nodes.scalar(field.value(), where, Masters.ACCEPTED);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Position position = nodes.start(field.value());
    Optional<String> text = substitution.setting(value.get().getValue(), where, position);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> problem = Masters.problem(text.get());
    if (problem.isPresent()) {
      problems.error(
          ErrorCode.PIPELINE_VALUE,
          position,
          where
              + " "
              + problem.get()
              + ", found '"
              + Nodes.shown(text.get())
              + "' (accepted: "
              + Masters.ACCEPTED
              + ")");
      return Optional.empty();
    }
    return text;
  }
}
