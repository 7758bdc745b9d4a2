package dev.kindling.model.pipeline;

import dev.kindling.model.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads {@code params}. A value is a literal of Spark SQL, or a text that becomes one. A value from
 * the command line takes the type of the default that it replaces, because shells eat quotes.
 */
final class ParamParser {
  private final Nodes nodes;
  private final Problems problems;
  private final LiteralParser literals;

  ParamParser(Nodes nodes, Problems problems) {
    this.nodes = nodes;
    this.problems = problems;
    this.literals = new LiteralParser(nodes, problems);
  }

  Map<String, Param> parse(Node node) {
    Map<String, Param> params = new LinkedHashMap<>();
    Where where = Where.FILE.key("params");
    Optional<Fields> fields = nodes.fields(node, where, "name: value");
    if (fields.isEmpty()) {
      return params;
    }
    for (Fields.Field field : fields.get().all()) {
      Position position = nodes.start(field.value());
      if (!Names.isIdentifier(field.name())) {
        problems.error(
            ErrorCode.PIPELINE_VALUE,
            nodes.start(field.key()),
            "'"
                + Nodes.shown(field.name())
                + "' is not a name for a parameter (accepted: letters a to z, digits and _, not starting"
                + " with a digit)");
      }
      Optional<String> literal = literals.literal(field.value(), where.key(field.name()));
      if (literal.isPresent()) {
        params.put(field.name(), new Param(field.name(), literal.get(), position));
      }
    }
    return params;
  }

  /** Puts the values of the command line in the place of defaults. */
  void set(Map<String, Param> params, Map<String, String> sets, Position file) {
    for (Map.Entry<String, String> set : sets.entrySet()) {
      Param declared = params.get(set.getKey());
      if (declared == null) {
        String known =
            params.isEmpty()
                ? " (the pipeline has no 'params')"
                : " (accepted: "
                    + String.join(", ", params.keySet())
                    + ")"
                    + Suggestions.didYouMean(set.getKey(), params.keySet());
        problems.error(
            ErrorCode.USAGE,
            file,
            "--set names the unknown parameter '" + Nodes.shown(set.getKey()) + "'" + known);
        continue;
      }
      Optional<String> literal = typedLike(declared, set.getValue());
      if (literal.isPresent()) {
        params.put(set.getKey(), new Param(declared.name(), literal.get(), declared.position()));
      }
    }
  }

  private Optional<String> typedLike(Param declared, String given) {
    String value = given.strip();
    String literal = declared.sqlLiteral();
    Optional<String> type = SqlLiterals.typeName(literal);
    if (type.isPresent()) {
      String text = SqlLiterals.isQuoted(value) ? SqlLiterals.text(value) : value;
      if (type.get().equals("DATE") && !SqlLiterals.isDate(text) && !SqlLiterals.isWord(value)) {
        return wrong(declared, given, "a date, such as 2026-01-31");
      }
      boolean complete = SqlLiterals.isWord(value) || SqlLiterals.typeName(value).isPresent();
      return Optional.of(complete ? value : type.get() + SqlLiterals.quote(text));
    }
    if (SqlLiterals.isQuoted(literal)) {
      return Optional.of(SqlLiterals.isQuoted(value) ? value : SqlLiterals.quote(given));
    }
    if (SqlLiterals.isNumber(literal) && !SqlLiterals.isNumber(value)) {
      return SqlLiterals.isWord(value)
          ? Optional.of(value)
          : wrong(declared, given, "a number, such as " + literal);
    }
    return Optional.of(SqlLiterals.isLiteral(value) ? value : SqlLiterals.quote(given));
  }

  private Optional<String> wrong(Param declared, String given, String accepted) {
    problems.error(
        ErrorCode.USAGE,
        declared.position(),
        "--set "
            + declared.name()
            + " does not fit the default "
            + declared.sqlLiteral()
            + ", found '"
            + Nodes.shown(given)
            + "' (accepted: "
            + accepted
            + ")");
    return Optional.empty();
  }
}
