package dev.kindling.embedded.translate;

import dev.kindling.embedded.sql.Sql;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.expressions.Concat;
import org.apache.spark.sql.catalyst.expressions.Contains;
import org.apache.spark.sql.catalyst.expressions.EndsWith;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Length;
import org.apache.spark.sql.catalyst.expressions.Like;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Lower;
import org.apache.spark.sql.catalyst.expressions.StartsWith;
import org.apache.spark.sql.catalyst.expressions.StringReplace;
import org.apache.spark.sql.catalyst.expressions.StringTrim;
import org.apache.spark.sql.catalyst.expressions.StringTrimLeft;
import org.apache.spark.sql.catalyst.expressions.StringTrimRight;
import org.apache.spark.sql.catalyst.expressions.Substring;
import org.apache.spark.sql.catalyst.expressions.Upper;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StringType;

/** Strings. Both engines count code points and compare bytes. */
final class StringRules {
  /** What Spark's rule LikeSimplification takes. */
  private static final Pattern SIMPLIFIED =
      Pattern.compile("[^_%]+%|%[^_%]+|[^_%]+%[^_%]+|%[^_%]+%|[^_%]*", Pattern.DOTALL);

  static final List<Rule> RULES =
      List.of(
          Rule.of(
              Length.class,
              (e, a) ->
                  Sql.cast(
                      Sql.call(
                          e.child().dataType() instanceof BinaryType ? "octet_length" : "length",
                          a.get(0)),
                      "INTEGER")),
          Rule.custom(Upper.class, (e, t) -> ifAscii(e, "upper", t)),
          Rule.custom(Lower.class, (e, t) -> ifAscii(e, "lower", t)),
          Rule.custom(Substring.class, StringRules::substring),
          Rule.custom(Concat.class, StringRules::concat),
          Rule.custom(StringTrim.class, (e, t) -> trim(e, "trim", t)),
          Rule.custom(StringTrimLeft.class, (e, t) -> trim(e, "ltrim", t)),
          Rule.custom(StringTrimRight.class, (e, t) -> trim(e, "rtrim", t)),
          Rule.custom(StringReplace.class, StringRules::replace),
          Rule.custom(StartsWith.class, (e, t) -> search(e, "starts_with", t)),
          Rule.custom(EndsWith.class, (e, t) -> search(e, "ends_with", t)),
          Rule.custom(Contains.class, (e, t) -> search(e, "contains", t)),
          Rule.custom(Like.class, StringRules::like));

  private StringRules() {}

  // Letters such as ß have more than one letter on the other side in Java, and one in DuckDB.
  private static Translation<Sql> ifAscii(Expression e, String name, ExpressionTranslator t) {
    return t.children(e)
        .flatMap(
            a -> {
              Sql text = a.get(0);
              Sql ascii = Sql.infix(Sql.call("strlen", text), "=", Sql.call("length", text));
              return t.guarded(e, ascii, Sql.call(name, text));
            });
  }

  private static Translation<Sql> substring(Substring e, ExpressionTranslator t) {
    boolean text = e.str().dataType() instanceof StringType;
    boolean counts =
        e.pos() instanceof Literal pos
            && e.len() instanceof Literal len
            && pos.value() != null
            && len.value() != null
            && (Integer) pos.value() >= 0
            && (Integer) len.value() >= 0;
    if (!text || !counts) {
      return t.sparkCode(e);
    }
    // Position 0 is the first letter for Spark, and one before it for DuckDB.
    int position = Math.max(1, (Integer) ((Literal) e.pos()).value());
    return t.translate(e.str())
        .flatMap(
            value ->
                t.translate(e.len())
                    .map(
                        length ->
                            Sql.call("substring", value, Sql.literal("" + position), length)));
  }

  private static Translation<Sql> concat(Concat e, ExpressionTranslator t) {
    if (!(e.dataType() instanceof StringType) || Nulls.constantIn(e.children())) {
      return t.sparkCode(e);
    }
    // DuckDB's concat() skips NULL, || does not.
    return t.children(e)
        .map(
            parts ->
                parts.stream()
                    .reduce((left, right) -> Sql.infix(left, "||", right))
                    .orElse(Sql.string("")));
  }

  private static Translation<Sql> trim(Expression e, String name, ExpressionTranslator t) {
    // DuckDB's own choice of what to cut off are the spaces of every script, Spark's is one of
    // them.
    return e.children().size() == 1
        ? t.children(e).map(arguments -> Sql.call(name, arguments.get(0), Sql.string(" ")))
        : t.sparkCode(e);
  }

  private static Translation<Sql> replace(StringReplace e, ExpressionTranslator t) {
    boolean searches =
        e.searchExpr() instanceof Literal search
            && search.value() != null
            && !search.value().toString().isEmpty();
    return searches
        ? t.children(e).map(arguments -> new Sql.Call("replace", arguments))
        : t.sparkCode(e);
  }

  private static Translation<Sql> search(Expression e, String name, ExpressionTranslator t) {
    return e.children().head().dataType() instanceof StringType
        ? t.children(e).map(arguments -> new Sql.Call(name, arguments))
        : t.sparkCode(e);
  }

  private static Translation<Sql> like(Like e, ExpressionTranslator t) {
    boolean plain =
        e.right() instanceof Literal pattern
            && pattern.value() != null
            && isPlain(pattern.value().toString(), e.escapeChar());
    return plain ? t.children(e).map(a -> Sql.infix(a.get(0), "LIKE", a.get(1))) : t.sparkCode(e);
  }

  /**
   * Whether a pattern means the same to both engines: without an escape, and without characters
   * outside the Basic Multilingual Plane, whose two halves Spark looks for one by one. Where Spark
   * makes a comparison, a beginning, an end or a part of the pattern, it takes such characters
   * whole.
   */
  private static boolean isPlain(String pattern, char escape) {
    boolean wide = pattern.codePoints().anyMatch(Character::isSupplementaryCodePoint);
    return pattern.indexOf(escape) < 0 && (!wide || SIMPLIFIED.matcher(pattern).matches());
  }
}
