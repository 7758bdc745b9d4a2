package dev.kindling.model.pipeline;

import dev.kindling.model.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads {@code expect} of a table. */
final class ExpectationParser {
  private static final List<String> RULES = List.of("not_null", "unique", "check");
  private static final List<String> KEYS = List.of("not_null", "unique", "check", "on_violation");
  private static final Map<String, OnViolation> ON_VIOLATION =
      Map.of(
          "fail", OnViolation.FAIL,
          "warn", OnViolation.WARN,
          "drop", OnViolation.DROP,
          "quarantine", OnViolation.QUARANTINE);
  private static final String SHAPE =
      "one of not_null: [columns], unique: [columns], check: SQL; and on_violation";

  private final Nodes nodes;
  private final Problems problems;

  ExpectationParser(Nodes nodes, Problems problems) {
    this.nodes = nodes;
    this.problems = problems;
  }

  List<Expectation> parse(Node node, Where where) {
    Optional<List<Node>> entries =
        nodes.list(node, where, "entries such as '- not_null: [order_id]'");
    List<Expectation> expectations = new ArrayList<>();
    int number = 0;
    for (Node entry : entries.orElse(List.of())) {
      Optional<Expectation> expectation = entry(entry, where.entry(++number));
      if (expectation.isPresent()) {
        expectations.add(expectation.get());
      }
    }
    return expectations;
  }

  private Optional<Expectation> entry(Node node, Where where) {
    Optional<Fields> found = nodes.fields(node, where, SHAPE);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    List<Fields.Field> rules = new ArrayList<>();
    OnViolation onViolation = OnViolation.FAIL;
    boolean explained = false;
    for (Fields.Field field : found.get().all()) {
      if (RULES.contains(field.name())) {
        rules.add(field);
      } else if (field.name().equals("on_violation")) {
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
    if (rules.isEmpty() && !explained) {
      problems.error(
          ErrorCode.PIPELINE_MISSING_KEY,
          nodes.start(node),
          "No rule in " + where + " (accepted: " + SHAPE + ")");
    }
    if (rules.size() > 1) {
      problems.error(
          ErrorCode.PIPELINE_MISSING_KEY,
          nodes.start(rules.get(1).key()),
          "Two rules in "
              + where
              + ": '"
              + rules.get(0).name()
              + "' and '"
              + rules.get(1).name()
              + "'. Start a new entry with '-' for the second.");
    }
    Optional<Expectation> expectation = Optional.empty();
    for (Fields.Field rule : rules) {
      expectation = rule(rule, onViolation, where.key(rule.name()));
    }
    return expectation;
  }

  private Optional<Expectation> rule(Fields.Field rule, OnViolation onViolation, Where where) {
    Position key = nodes.start(rule.key());
    if (rule.name().equals("check")) {
      Optional<ScalarNode> sql = nodes.sql(rule.value(), where);
      return sql.isPresent()
          ? Optional.of(
              new Expectation.Check(sql.get().getValue(), onViolation, nodes.start(rule.value())))
          : Optional.empty();
    }
    List<String> columns = nodes.columns(rule.value(), where);
    if (columns.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        rule.name().equals("unique")
            ? new Expectation.Unique(columns, onViolation, key)
            : new Expectation.NotNull(columns, onViolation, key));
  }
}
