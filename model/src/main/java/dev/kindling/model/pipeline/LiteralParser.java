package dev.kindling.model.pipeline;

import dev.kindling.model.error.ErrorCode;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads a value that is a literal of Spark SQL, or a text that becomes one. */
final class LiteralParser {
  private static final String ACCEPTED =
      "a literal of Spark SQL, such as 5, DATE'2026-01-31' or a text";

  private final Nodes nodes;
  private final Problems problems;

  LiteralParser(Nodes nodes, Problems problems) {
    this.nodes = nodes;
    this.problems = problems;
  }

  /** The literal; empty, with a problem, when it is none. */
  Optional<String> literal(Node node, Where where) {
    Optional<ScalarNode> found = nodes.scalar(node, where, ACCEPTED);
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
              + "': a literal is asked for, not an expression. Put it in quotes if it is meant as"
              + " text.");
    }
    return Optional.of(SqlLiterals.quote(value));
  }
}
