package dev.kindling.embedded.translate;

import static java.util.Objects.requireNonNull;

import dev.kindling.embedded.sql.Sql;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * How one Catalyst expression class is translated. The table of rules is the whitelist: a class
 * without a row is refused.
 *
 * @param type the Catalyst class, exactly: a subclass needs a row of its own
 * @param form where the expression is evaluated
 * @param builder makes the SQL
 */
record Rule(Class<? extends Expression> type, Form form, Builder<Expression> builder) {

  /** Where an expression is evaluated. */
  enum Form {
    /** DuckDB evaluates it, for all values or for those that a guard lets through. */
    NATIVE,
    /** Spark's own code, called by DuckDB for each row. */
    SPARK_CODE
  }

  /** Makes the SQL of one expression; it translates the children that it needs. */
  interface Builder<E extends Expression> {
    Translation<Sql> build(E expression, ExpressionTranslator translator);
  }

  /** Makes the SQL of one expression whose children are all translated already. */
  interface FromArguments<E extends Expression> {
    Sql build(E expression, List<Sql> arguments);
  }

  Rule {
    requireNonNull(type, "type is null");
    requireNonNull(form, "form is null");
    requireNonNull(builder, "builder is null");
  }

  @SuppressWarnings("unchecked") // the table looks a rule up by the class it declares
  static <E extends Expression> Rule custom(Class<E> type, Builder<E> builder) {
    return new Rule(type, Form.NATIVE, (e, t) -> builder.build((E) e, t));
  }

  /** All children are translated, then put together. */
  static <E extends Expression> Rule of(Class<E> type, FromArguments<E> builder) {
    return custom(type, (e, t) -> t.children(e).map(arguments -> builder.build(e, arguments)));
  }

  /** {@code name(children)}. */
  static <E extends Expression> Rule call(Class<E> type, String name) {
    return of(type, (e, arguments) -> new Sql.Call(name, arguments));
  }

  /** {@code left operator right}. */
  static <E extends Expression> Rule infix(Class<E> type, String operator) {
    return of(type, (e, a) -> new Sql.Infix(operator, a.get(0), a.get(1)));
  }

  /** Spark's own code, for every value. */
  static Rule sparkCode(Class<? extends Expression> type) {
    return new Rule(type, Form.SPARK_CODE, (e, t) -> t.sparkCode(e));
  }
}
