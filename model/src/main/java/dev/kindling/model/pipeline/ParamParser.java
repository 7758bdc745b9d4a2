package dev.kindling.model.pipeline;

import dev.kindling.model.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads {@code params}. A value is a literal of Spark SQL, or a text that becomes one. A value from
 * the command line takes the type of the default that it replaces, because shells eat quotes.
 */
final class ParamParser {
  private static final String ACCEPTED =
      "a literal of Spark SQL, such as 5, DATE'2026-01-31' or a text";

  private final Nodes nodes;
  private final Problems problems;

  ParamParser(Nodes nodes, Problems problems) {
    this.nodes = nodes;
    this.problems = problems;
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
      Optional<String> literal = literal(field, where.key(field.name()));
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

  private Optional<String> literal(Fields.Field field, Where where) {
    Optional<ScalarNode> found = nodes.scalar(field.value(), where, ACCEPTED);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    ScalarNode scalar = found.get();
    String value = scalar.getValue().strip();
    if (!scalar.isPlain()) {
      // Quotes of YAML around a bare value make it text; around quotes of SQL they say nothing.
      return Optional.of(
          SqlLiterals.isQuoted(value) ? value : SqlLiterals.quote(scalar.getValue()));
    }
    if (Tag.TIMESTAMP.equals(scalar.getTag())) {
      return Optional.of(
          (SqlLiterals.isDate(value) ? "DATE" : "TIMESTAMP") + SqlLiterals.quote(value));
    }
    if (SqlLiterals.isLiteral(value)) {
      return Optional.of(value);
    }
    if (Tag.INT.equals(scalar.getTag()) || Tag.FLOAT.equals(scalar.getTag())) {
      problems.error(
          ErrorCode.PIPELINE_VALUE,
          nodes.start(scalar),
          where
              + " is a number that Spark SQL does not know, found '"
              + Nodes.shown(value)
              + "' (accepted: such as 31, -1.5, 1e6). Put it in quotes for a text.");
      return Optional.empty();
    }
    if (Names.looksLikeCall(value)) {
      problems.warning(
          ErrorCode.PIPELINE_VALUE,
          nodes.start(scalar),
          where
              + " is the text '"
              + Nodes.shown(value)
              + "': parameters are literals, not expressions. Put it in quotes if it is meant as"
              + " text.");
    }
    return Optional.of(SqlLiterals.quote(value));
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
