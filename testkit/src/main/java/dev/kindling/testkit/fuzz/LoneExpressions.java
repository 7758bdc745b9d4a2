package dev.kindling.testkit.fuzz;

import dev.kindling.testkit.fuzz.Query.Derived;
import dev.kindling.testkit.fuzz.Query.From;
import dev.kindling.testkit.fuzz.Query.Item;
import dev.kindling.testkit.fuzz.Query.Join;
import dev.kindling.testkit.fuzz.Query.Select;
import dev.kindling.testkit.fuzz.Query.SetOperation;
import dev.kindling.testkit.fuzz.Query.With;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The expressions of a query over one table each, worked out for all of its rows. SQL leaves open
 * whether an expression meets a row that a join, another condition or an outer query leaves out; so
 * that it raises for such a row says something only where no engine raises for all rows.
 */
final class LoneExpressions {
  // The columns of table t3 are called id3, string3, …
  private static final Pattern COLUMN = Pattern.compile("\\b[a-z]+(\\d)\\b");

  private LoneExpressions() {}

  /** A query for each of them; none where all rows have a part in the answer. */
  static List<String> of(Query query) {
    if (query instanceof Select select
        && select.from() instanceof Query.Table
        && select.where().isEmpty()
        && expressions(select).noneMatch(LoneExpressions::hasSubquery)) {
      return List.of();
    }
    return expressions(query).flatMap(LoneExpressions::alone).distinct().toList();
  }

  private static Stream<String> alone(Expr expr) {
    if (expr instanceof Expr.Nested nested) {
      return Stream.concat(
          nested.args().stream().flatMap(LoneExpressions::alone),
          expressions(nested.query()).flatMap(LoneExpressions::alone));
    } else if (expr instanceof Expr.Call call) {
      Set<String> tables =
          COLUMN
              .matcher(call.sql())
              .results()
              .map(column -> column.group(1))
              .collect(Collectors.toCollection(TreeSet::new));
      return hasSubquery(call) || tables.size() > 1
          ? call.args().stream().flatMap(LoneExpressions::alone)
          : tables.stream().map(table -> "SELECT " + call.sql() + " AS v FROM t" + table);
    }
    return Stream.of();
  }

  private static boolean hasSubquery(Expr expr) {
    return expr instanceof Expr.Nested
        || (expr instanceof Expr.Call call
            && call.args().stream().anyMatch(LoneExpressions::hasSubquery));
  }

  private static Stream<Expr> expressions(Query query) {
    if (query instanceof With with) {
      return Stream.concat(expressions(with.definition()), expressions(with.body()));
    } else if (query instanceof SetOperation both) {
      return Stream.concat(expressions(both.left()), expressions(both.right()));
    }
    Select select = (Select) query;
    return Stream.of(
            select.items().stream().map(Item::expr),
            expressions(select.from()),
            select.where().stream(),
            select.grouping().keys().stream(),
            select.having().stream())
        .flatMap(part -> part);
  }

  private static Stream<Expr> expressions(From from) {
    if (from instanceof Derived derived) {
      return expressions(derived.query());
    } else if (from instanceof Join join) {
      return Stream.of(expressions(join.left()), expressions(join.right()), join.on().stream())
          .flatMap(part -> part);
    }
    return Stream.of();
  }
}
