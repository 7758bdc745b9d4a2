package dev.kindling.embedded.translate;

import dev.kindling.embedded.sql.Sql;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Makes the aggregate calls of one aggregate expression: with its DISTINCT and its FILTER, and, in
 * a window, each with the OVER clause behind it.
 */
record AggregateCalls(boolean distinct, Optional<Sql> filter, UnaryOperator<Sql> over) {

  Sql call(String name, Sql... arguments) {
    return over.apply(new Sql.Aggregate(name, List.of(arguments), distinct, List.of(), filter));
  }

  /** A call over the rows for which a condition holds as well. */
  Sql callWhere(Sql condition, String name, Sql... arguments) {
    Sql both = filter.map(existing -> Sql.infix(existing, "AND", condition)).orElse(condition);
    return over.apply(
        new Sql.Aggregate(name, List.of(arguments), distinct, List.of(), Optional.of(both)));
  }
}
