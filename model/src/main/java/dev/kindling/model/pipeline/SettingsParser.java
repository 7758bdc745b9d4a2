package dev.kindling.model.pipeline;

import dev.kindling.model.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads a {@code conf:} mapping of Spark's settings. */
final class SettingsParser {
  /** Whose settings they are. */
  enum Owner {
    /** Spark SQL's, which both engines follow: those of Spark's processes have no effect. */
    SESSION,
    /** An application's on a target. */
    APPLICATION
  }

  private final Nodes nodes;
  private final Problems problems;
  private final Substitution substitution;

  SettingsParser(Nodes nodes, Problems problems, Substitution substitution) {
    this.nodes = nodes;
    this.problems = problems;
    this.substitution = substitution;
  }

  Map<String, String> parse(Node node, Where where, Owner owner) {
    Map<String, String> conf = new LinkedHashMap<>();
    Optional<Fields> settings =
        nodes.fields(node, where, "settings such as " + example(owner) + "");
    if (settings.isEmpty()) {
      return conf;
    }
    for (Fields.Field setting : settings.get().all()) {
      String key = setting.name();
      Where at = where.key(Nodes.shown(key));
      if (!key.startsWith("spark.")) {
        problems.error(
            ErrorCode.PIPELINE_UNKNOWN_KEY,
            nodes.start(setting.key()),
            "Unknown setting '"
                + Nodes.shown(key)
                + "' in "
                + where
                + " (accepted: settings of Spark, written in full, such as "
                + example(owner).replaceFirst(":.*", "")
                + ")");
        continue;
      }
      if (owner == Owner.APPLICATION && key.equals("spark.master")) {
        problems.error(
            ErrorCode.PIPELINE_VALUE,
            nodes.start(setting.key()),
            at + " is the target's 'master': write it there");
        continue;
      }
      if (owner == Owner.SESSION && isOfTheProcess(key)) {
        problems.warning(
            ErrorCode.PIPELINE_VALUE,
            nodes.start(setting.key()),
            at
                + " has no effect: it is a setting of Spark's processes, not of Spark SQL. Write it"
                + " under a target");
      }
      Optional<ScalarNode> value =
          nodes.scalar(setting.value(), at, "a text, number or boolean; '' for an empty text");
      if (value.isPresent()) {
        Position position = nodes.start(setting.value());
        Optional<String> text = substitution.setting(value.get().getValue(), at, position);
        if (text.isPresent()) {
          conf.put(key, text.get());
        }
      }
    }
    return conf;
  }

  private static String example(Owner owner) {
    return owner == Owner.SESSION ? "spark.sql.ansi.enabled: false" : "spark.executor.memory: 4g";
  }

  private static boolean isOfTheProcess(String key) {
    return key.equals("spark.master")
        || key.startsWith("spark.app.")
        || key.startsWith("spark.driver.")
        || key.startsWith("spark.executor.");
  }
}
