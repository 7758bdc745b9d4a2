package dev.kindling.model.pipeline;

import dev.kindling.model.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code expect} of a table. */
final class ExpectationParser {
  static final List<String> KEYS =
      Stream.concat(RuleParser.RULES.stream(), Stream.of("on_violation")).toList();
  private static final Map<String, OnViolation> ON_VIOLATION =
      Map.of(
          "fail", OnViolation.FAIL,
          "warn", OnViolation.WARN,
          "drop", OnViolation.DROP,
          "quarantine", OnViolation.QUARANTINE);
  private static final String SHAPE =
      "one of " + String.join(", ", RuleParser.RULES) + "; and on_violation";

  private final Nodes nodes;
  private final Problems problems;
  private final RuleParser rules;

  /**
   * @param tables the names of all tables of the file
   */
  ExpectationParser(Nodes nodes, Problems problems, List<String> tables) {
    this.nodes = nodes;
    this.problems = problems;
    this.rules = new RuleParser(nodes, problems, tables);
  }

  /** The expectations of a table, without those that cannot be made. */
  List<Expectation> parse(Node node, String table, Where where) {
    Optional<List<Node>> entries =
        nodes.list(node, where, "entries such as '- not_null: [order_id]'");
    List<Expectation> expectations = new ArrayList<>();
    int number = 0;
    for (Node entry : entries.orElse(List.of())) {
      Optional<Expectation> expectation = entry(entry, table, where.entry(++number));
      if (expectation.isPresent()) {
        expectations.add(expectation.get());
      }
    }
    return expectations;
  }

  private Optional<Expectation> entry(Node node, String table, Where where) {
    Optional<Fields> fields = nodes.fields(node, where, SHAPE);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    List<Fields.Field> found = new ArrayList<>();
    Optional<Fields.Field> action = Optional.empty();
    OnViolation onViolation = OnViolation.FAIL;
    boolean explained = false;
    for (Fields.Field field : fields.get().all()) {
      if (RuleParser.RULES.contains(field.name())) {
        found.add(field);
      } else if (field.name().equals("on_violation")) {
        action = Optional.of(field);
        Where at = where.key("on_violation");
        onViolation =
            nodes
                .choice(field.value(), at, ON_VIOLATION, "fail, warn, drop, quarantine")
                .orElse(OnViolation.FAIL);
      } else {
        explained = true;
        nodes.unknownKey(field, where, KEYS, String.join(", ", KEYS));
      }
    }
    if (found.isEmpty() && !explained) {
      problems.error(
          ErrorCode.PIPELINE_MISSING_KEY,
          nodes.start(node),
          "No rule in " + where + " (accepted: " + SHAPE + ")");
    }
    if (found.size() > 1) {
      problems.error(
          ErrorCode.PIPELINE_MISSING_KEY,
          nodes.start(found.get(1).key()),
          "Two rules in "
              + where
              + ": '"
              + found.get(0).name()
              + "' and '"
              + found.get(1).name()
              + "'. Start a new entry with '-' for the second.");
    }
    Optional<Expectation> expectation = Optional.empty();
    for (Fields.Field rule : found) {
      boolean fits = !RuleParser.isAboutTable(rule.name()) || leavesRows(onViolation);
      if (!fits) {
        problems.error(
            ErrorCode.PIPELINE_VALUE,
            nodes.start(action.orElseThrow().value()),
            "%s leaves rows out, and '%s' is about the table as a whole (accepted: fail, warn)"
                .formatted(where.key("on_violation"), rule.name()));
      }
      expectation =
          rules.parse(rule, table, fits ? onViolation : OnViolation.FAIL, where.key(rule.name()));
    }
    return expectation;
  }

  private static boolean leavesRows(OnViolation action) {
    return action == OnViolation.FAIL || action == OnViolation.WARN;
  }
}
