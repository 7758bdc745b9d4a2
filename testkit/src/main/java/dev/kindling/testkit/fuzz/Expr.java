package dev.kindling.testkit.fuzz;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/** An expression as a tree, so that it can be shrunk. */
sealed interface Expr {
  Kind kind();

  String sql();

  /** A column or a literal. */
  record Leaf(String sql, Kind kind) implements Expr {
    public Leaf {
      requireNonNull(sql, "sql is null");
      requireNonNull(kind, "kind is null");
    }
  }

  /** A function, operator or clause: text with places {@code {0}}, {@code {1}}… for its parts. */
  record Call(String template, Kind kind, List<Expr> args) implements Expr {
    public Call {
      requireNonNull(template, "template is null");
      requireNonNull(kind, "kind is null");
      args = List.copyOf(args);
    }

    @Override
    public String sql() {
      return fill(template, args.stream().map(Expr::sql).toList());
    }
  }

  /** A scalar subquery, EXISTS or IN: the query's place in the template is {@code {q}}. */
  record Nested(String template, Kind kind, List<Expr> args, Query query) implements Expr {
    public Nested {
      requireNonNull(template, "template is null");
      requireNonNull(kind, "kind is null");
      args = List.copyOf(args);
      requireNonNull(query, "query is null");
    }

    @Override
    public String sql() {
      return fill(template, args.stream().map(Expr::sql).toList()).replace("{q}", query.sql());
    }
  }

  /** How many functions and operators the tree has. */
  default int calls() {
    if (this instanceof Call call) {
      return 1 + call.args().stream().mapToInt(Expr::calls).sum();
    } else if (this instanceof Nested nested) {
      return 1 + nested.args().stream().mapToInt(Expr::calls).sum() + nested.query().calls();
    }
    return 0;
  }

  /** Trees with one part made smaller, the smallest first. */
  default List<Expr> smaller() {
    List<Expr> smaller = new ArrayList<>();
    if (this instanceof Leaf leaf) {
      boolean plain =
          leaf.sql().equals(kind().plainLiteral()) || leaf.sql().matches("\\w+(\\.\\w+)?");
      return plain ? List.of() : List.of(new Leaf(kind().plainLiteral(), kind()));
    }
    smaller.add(new Leaf(kind().plainLiteral(), kind()));
    smaller.add(new Leaf(kind().nullLiteral(), kind()));
    if (this instanceof Call call) {
      smaller.addAll(call.args());
      for (int i = 0; i < call.args().size(); i++) {
        for (Expr arg : call.args().get(i).smaller()) {
          smaller.add(new Call(call.template(), kind(), with(call.args(), i, arg)));
        }
      }
    } else if (this instanceof Nested nested) {
      smaller.addAll(nested.args());
      for (Query query : nested.query().smaller()) {
        smaller.add(new Nested(nested.template(), kind(), nested.args(), query));
      }
      for (int i = 0; i < nested.args().size(); i++) {
        for (Expr arg : nested.args().get(i).smaller()) {
          smaller.add(
              new Nested(nested.template(), kind(), with(nested.args(), i, arg), nested.query()));
        }
      }
    }
    return smaller;
  }

  static <T> List<T> with(List<T> list, int index, T value) {
    List<T> changed = new ArrayList<>(list);
    changed.set(index, value);
    return changed;
  }

  static <T> List<T> without(List<T> list, int index) {
    List<T> changed = new ArrayList<>(list);
    changed.remove(index);
    return changed;
  }

  private static String fill(String template, List<String> parts) {
    StringBuilder sql = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      int open = template.indexOf('{', at);
      int close = open < 0 ? -1 : template.indexOf('}', open);
      if (close < 0) {
        break;
      }
      String place = template.substring(open + 1, close);
      sql.append(template, at, open);
      sql.append(place.matches("\\d+") ? parts.get(Integer.parseInt(place)) : "{" + place + "}");
      at = close + 1;
    }
    return sql.append(template.substring(at)).toString();
  }
}
