package dev.kindling.model.pipeline;

import dev.kindling.model.error.ErrorCode;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code runs:}. */
final class RunSettingsParser {
  static final List<String> KEYS = List.of("keep", "sample_rows");
  private static final int MOST_RUNS = 100_000;
  private static final int MOST_ROWS = 100;

  private final Nodes nodes;
  private final Problems problems;

  RunSettingsParser(Nodes nodes, Problems problems) {
    this.nodes = nodes;
    this.problems = problems;
  }

  RunSettings parse(Fields.Field field, Where where) {
    Optional<Fields> fields = nodes.fields(field.value(), where, String.join(", ", KEYS));
    if (fields.isEmpty()) {
      return RunSettings.DEFAULT;
    }
    for (Fields.Field key : fields.get().all()) {
      if (!KEYS.contains(key.name())) {
        nodes.unknownKey(key, where, KEYS, String.join(", ", KEYS));
      }
    }
    return new RunSettings(
        number(fields.get(), "keep", where, 1, MOST_RUNS, RunSettings.DEFAULT.keep()),
        number(fields.get(), "sample_rows", where, 0, MOST_ROWS, RunSettings.DEFAULT.sampleRows()));
  }

  private int number(Fields fields, String key, Where where, int least, int most, int otherwise) {
    Optional<Fields.Field> field = fields.find(key);
    if (field.isEmpty()) {
      return otherwise;
    }
    Node value = field.get().value();
    String accepted = "a whole number from " + least + " to " + most;
    Optional<String> text = nodes.text(value, where.key(key), accepted);
    if (text.isEmpty()) {
      return otherwise;
    }
    if (text.get().matches("[0-9]{1,6}")) {
      int number = Integer.parseInt(text.get());
      if (number >= least && number <= most) {
        return number;
      }
    }
    problems.error(
        ErrorCode.PIPELINE_VALUE,
        nodes.start(value),
        where.key(key)
            + " is out of range, found '"
            + Nodes.shown(text.get())
            + "' (accepted: "
            + accepted
            + ")");
    return otherwise;
  }
}
