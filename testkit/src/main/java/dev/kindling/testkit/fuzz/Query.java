package dev.kindling.testkit.fuzz;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A query as a tree, so that it can be shrunk. */
sealed interface Query {
  String sql();

  /** How many functions and operators it has. */
  int calls();

  /** How many whole expressions it has: columns, conditions and keys. */
  int expressions();

  /** Queries with one part made smaller or left out; not all of them are valid. */
  List<Query> smaller();

  /** A column of the result. */
  record Item(Expr expr, String name) {
    public Item {
      requireNonNull(expr, "expr is null");
      requireNonNull(name, "name is null");
    }

    String sql() {
      return expr.sql().equals(name) ? name : expr.sql() + " AS " + name;
    }
  }

  /** What a query reads. */
  sealed interface From {
    String sql();

    List<From> smaller();
  }

  /** A table or a common table expression. */
  record Table(String name, String alias) implements From {
    @Override
    public String sql() {
      return name.equals(alias) ? name : name + " " + alias;
    }

    @Override
    public List<From> smaller() {
      return List.of();
    }
  }

  /** A query in brackets. */
  record Derived(Query query, String alias) implements From {
    @Override
    public String sql() {
      return "(" + query.sql() + ") " + alias;
    }

    @Override
    public List<From> smaller() {
      return query.smaller().stream().<From>map(q -> new Derived(q, alias)).toList();
    }
  }

  /** {@code left kind JOIN right ON condition}. */
  record Join(From left, String kind, From right, Optional<Expr> on) implements From {
    @Override
    public String sql() {
      return left.sql()
          + " "
          + kind
          + " "
          + right.sql()
          + on.map(condition -> " ON " + condition.sql()).orElse("");
    }

    @Override
    public List<From> smaller() {
      List<From> smaller = new ArrayList<>(List.of(left, right));
      left.smaller().forEach(from -> smaller.add(new Join(from, kind, right, on)));
      right.smaller().forEach(from -> smaller.add(new Join(left, kind, from, on)));
      on.ifPresent(
          condition ->
              condition
                  .smaller()
                  .forEach(e -> smaller.add(new Join(left, kind, right, Optional.of(e)))));
      return smaller;
    }
  }

  /** {@code GROUP BY}: how the keys are written around {@code {keys}}; no keys for one group. */
  record Grouping(List<Expr> keys, String form) {
    public Grouping {
      keys = List.copyOf(keys);
    }

    String sql() {
      String list = keys.stream().map(Expr::sql).collect(Collectors.joining(", "));
      return keys.isEmpty() ? "" : " GROUP BY " + form.replace("{keys}", list);
    }
  }

  /** One SELECT with its clauses. */
  record Select(
      boolean distinct,
      List<Item> items,
      From from,
      Optional<Expr> where,
      Grouping grouping,
      Optional<Expr> having,
      List<String> orderBy,
      Optional<Integer> limit)
      implements Query {
    public Select {
      items = List.copyOf(items);
      orderBy = List.copyOf(orderBy);
    }

    static Select of(List<Item> items, From from) {
      return new Select(
          false,
          items,
          from,
          Optional.empty(),
          new Grouping(List.of(), ""),
          Optional.empty(),
          List.of(),
          Optional.empty());
    }

    Select withItems(List<Item> changed) {
      return new Select(distinct, changed, from, where, grouping, having, orderBy, limit);
    }

    Select withFrom(From changed) {
      return new Select(distinct, items, changed, where, grouping, having, orderBy, limit);
    }

    Select withWhere(Optional<Expr> changed) {
      return new Select(distinct, items, from, changed, grouping, having, orderBy, limit);
    }

    Select withGrouping(Grouping changed) {
      return new Select(distinct, items, from, where, changed, having, orderBy, limit);
    }

    Select withHaving(Optional<Expr> changed) {
      return new Select(distinct, items, from, where, grouping, changed, orderBy, limit);
    }

    Select withOrder(List<String> keys, Optional<Integer> rows) {
      return new Select(distinct, items, from, where, grouping, having, keys, rows);
    }

    Select withDistinct(boolean changed) {
      return new Select(changed, items, from, where, grouping, having, orderBy, limit);
    }

    @Override
    public String sql() {
      return "SELECT "
          + (distinct ? "DISTINCT " : "")
          + items.stream().map(Item::sql).collect(Collectors.joining(", "))
          + " FROM "
          + from.sql()
          + where.map(condition -> " WHERE " + condition.sql()).orElse("")
          + grouping.sql()
          + having.map(condition -> " HAVING " + condition.sql()).orElse("")
          + (orderBy.isEmpty() ? "" : " ORDER BY " + String.join(", ", orderBy))
          + limit.map(rows -> " LIMIT " + rows).orElse("");
    }

    @Override
    public int calls() {
      return items.stream().mapToInt(item -> item.expr().calls()).sum()
          + where.map(Expr::calls).orElse(0)
          + having.map(Expr::calls).orElse(0)
          + grouping.keys().stream().mapToInt(Expr::calls).sum()
          + callsOf(from);
    }

    private static int callsOf(From from) {
      if (from instanceof Derived derived) {
        return derived.query().calls();
      } else if (from instanceof Join join) {
        return callsOf(join.left()) + callsOf(join.right()) + join.on().map(Expr::calls).orElse(0);
      }
      return 0;
    }

    @Override
    public int expressions() {
      return items.size()
          + (where.isPresent() ? 1 : 0)
          + (having.isPresent() ? 1 : 0)
          + grouping.keys().size()
          + expressionsOf(from);
    }

    private static int expressionsOf(From from) {
      if (from instanceof Derived derived) {
        return derived.query().expressions();
      } else if (from instanceof Join join) {
        return expressionsOf(join.left())
            + expressionsOf(join.right())
            + (join.on().isPresent() ? 1 : 0);
      }
      return 0;
    }

    @Override
    public List<Query> smaller() {
      List<Query> smaller = new ArrayList<>();
      // Halves first: most of a packed statement has nothing to do with a difference.
      int half = items.size() / 2;
      if (half > 0) {
        smaller.add(withItems(items.subList(0, half)));
        smaller.add(withItems(items.subList(half, items.size())));
      }
      limit.ifPresent(rows -> smaller.add(withOrder(orderBy, Optional.empty())));
      if (!orderBy.isEmpty()) {
        smaller.add(withOrder(List.of(), Optional.empty()));
      }
      having.ifPresent(condition -> smaller.add(withHaving(Optional.empty())));
      where.ifPresent(condition -> smaller.add(withWhere(Optional.empty())));
      if (distinct) {
        smaller.add(withDistinct(false));
      }
      if (from instanceof Derived derived) {
        smaller.add(derived.query());
      }
      for (int i = 0; items.size() > 1 && i < items.size(); i++) {
        smaller.add(withItems(Expr.without(items, i)));
      }
      if (!grouping.keys().isEmpty()) {
        smaller.add(withGrouping(new Grouping(List.of(), "")));
        if (!grouping.form().equals("{keys}")) {
          smaller.add(withGrouping(new Grouping(grouping.keys(), "{keys}")));
        }
        for (int i = 0; grouping.keys().size() > 1 && i < grouping.keys().size(); i++) {
          smaller.add(
              withGrouping(new Grouping(Expr.without(grouping.keys(), i), grouping.form())));
        }
      }
      from.smaller().forEach(part -> smaller.add(withFrom(part)));
      where.ifPresent(
          condition -> condition.smaller().forEach(e -> smaller.add(withWhere(Optional.of(e)))));
      having.ifPresent(
          condition -> condition.smaller().forEach(e -> smaller.add(withHaving(Optional.of(e)))));
      for (int i = 0; i < grouping.keys().size(); i++) {
        // A key and the columns that show it change together.
        Expr key = grouping.keys().get(i);
        for (Expr part : key.smaller()) {
          List<Item> changed =
              items.stream()
                  .map(item -> item.expr().equals(key) ? new Item(part, item.name()) : item)
                  .toList();
          smaller.add(
              withGrouping(new Grouping(Expr.with(grouping.keys(), i, part), grouping.form()))
                  .withItems(changed));
        }
      }
      for (int i = 0; i < items.size(); i++) {
        Item item = items.get(i);
        for (Expr part : item.expr().smaller()) {
          smaller.add(withItems(Expr.with(items, i, new Item(part, item.name()))));
        }
      }
      return smaller;
    }
  }

  /** {@code left operator right}, such as UNION ALL. */
  record SetOperation(Query left, String operator, Query right) implements Query {
    @Override
    public String sql() {
      return "(" + left.sql() + ") " + operator + " (" + right.sql() + ")";
    }

    @Override
    public int calls() {
      return left.calls() + right.calls();
    }

    @Override
    public int expressions() {
      return left.expressions() + right.expressions();
    }

    @Override
    public List<Query> smaller() {
      List<Query> smaller = new ArrayList<>(List.of(left, right));
      if (left instanceof Select l
          && right instanceof Select r
          && l.items().size() == r.items().size()) {
        for (int i = 0; l.items().size() > 1 && i < l.items().size(); i++) {
          smaller.add(
              new SetOperation(
                  l.withItems(Expr.without(l.items(), i)),
                  operator,
                  r.withItems(Expr.without(r.items(), i))));
        }
      }
      left.smaller().forEach(q -> smaller.add(new SetOperation(q, operator, right)));
      right.smaller().forEach(q -> smaller.add(new SetOperation(left, operator, q)));
      return smaller;
    }
  }

  /** {@code WITH name AS (definition) body}. */
  record With(String name, Query definition, Query body) implements Query {
    @Override
    public String sql() {
      return "WITH " + name + " AS (" + definition.sql() + ") " + body.sql();
    }

    @Override
    public int calls() {
      return definition.calls() + body.calls();
    }

    @Override
    public int expressions() {
      return definition.expressions() + body.expressions();
    }

    @Override
    public List<Query> smaller() {
      List<Query> smaller = new ArrayList<>(List.of(definition, body));
      definition.smaller().forEach(q -> smaller.add(new With(name, q, body)));
      body.smaller().forEach(q -> smaller.add(new With(name, definition, q)));
      return smaller;
    }
  }
}
