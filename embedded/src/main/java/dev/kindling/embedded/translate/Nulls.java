package dev.kindling.embedded.translate;

import dev.kindling.embedded.frontend.Scala;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import scala.collection.immutable.Seq;

/** Constants that are NULL: beside one, DuckDB leaves out what Spark works out, and raises for. */
final class Nulls {
  private Nulls() {}

  /** Whether one of these is a constant that is or may be NULL. */
  static boolean constantIn(Seq<Expression> expressions) {
    return Scala.<Expression>list(expressions).stream()
        .anyMatch(e -> e.foldable() && !(e instanceof Literal literal && literal.value() != null));
  }
}
