package dev.kindling.testkit.fuzz;

import dev.kindling.testkit.fuzz.Query.Derived;
import dev.kindling.testkit.fuzz.Query.From;
import dev.kindling.testkit.fuzz.Query.Grouping;
import dev.kindling.testkit.fuzz.Query.Item;
import dev.kindling.testkit.fuzz.Query.Join;
import dev.kindling.testkit.fuzz.Query.Select;
import dev.kindling.testkit.fuzz.Query.SetOperation;
import dev.kindling.testkit.fuzz.Query.Table;
import dev.kindling.testkit.fuzz.Query.With;
import dev.kindling.testkit.fuzz.Signatures.Role;
import dev.kindling.testkit.fuzz.Signatures.Signature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Random queries over tables; the same seed gives the same queries. Uses no engine. */
final class QueryGenerator {
  private static final int LEAF_SHARE = 4;

  private final RandomGenerator random;
  private final List<Data.Table> tables;
  private final List<Signature> signatures;
  private final Map<Signature, Integer> used = new HashMap<>();
  private final Set<Signature> avoided = new HashSet<>();
  private final Set<Signature> sparkCode = new HashSet<>();
  private int names;
  private boolean nativeOnly;

  /** A column that a query may name. */
  private record Column(String sql, Kind kind, boolean unique) {}

  /** A FROM clause and what it offers. */
  private record Source(From from, List<Column> columns) {
    List<Column> ids() {
      return columns.stream().filter(Column::unique).toList();
    }
  }

  /** An expression cannot be made here, because a column that it needs is missing. */
  private static final class Impossible extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Impossible() {
      super(null, null, false, false);
    }
  }

  QueryGenerator(RandomGenerator random, List<Data.Table> tables) {
    this.random = random;
    this.tables = List.copyOf(tables);
    this.signatures = Signatures.read();
  }

  List<Signature> signatures() {
    return signatures;
  }

  /** Leaves a signature out from now on. */
  void avoid(Signature signature) {
    avoided.add(signature);
  }

  /** Notes that a signature, alone, is evaluated by Spark's code. */
  void runsSparkCode(Signature signature) {
    sparkCode.add(signature);
  }

  private boolean isUsable(Signature signature) {
    return !avoided.contains(signature) && !(nativeOnly && sparkCode.contains(signature));
  }

  /** Counts the use of signatures from here. */
  void forgetUse() {
    used.clear();
  }

  /** How many signatures have stood in a query. */
  int usedSignatures() {
    return used.size();
  }

  /** The smallest query with a signature in it; empty when it cannot be made. */
  Optional<Query> probe(Signature signature) {
    Data.Table table = tables.get(0);
    Source source = source(table);
    for (int attempt = 0; attempt < 3; attempt++) {
      try {
        Expr expr = build(signature, Optional.empty(), source.columns(), 0, false);
        return Optional.of(Select.of(List.of(new Item(expr, "c0")), source.from()));
      } catch (Impossible e) {
        // Another choice of kinds may do.
      }
    }
    return Optional.empty();
  }

  /** A query with many expressions, none of which should raise. */
  Query packed() {
    names = 0;
    // Where Spark's code does the work there is less to find.
    nativeOnly = random.nextInt(5) < 2;
    while (true) {
      try {
        return switch (random.nextInt(20)) {
          case 0, 1, 2, 3, 4, 5, 6 -> projection(oneTable(), random.nextInt(12, 21));
          case 7, 8, 9 -> projection(joined(), random.nextInt(10, 16));
          case 10, 11, 12, 13 -> aggregation(random.nextInt(3) == 0 ? joined() : oneTable());
          case 14, 15 -> windows();
          case 16 -> setOperation();
          case 17 -> withSubqueries();
          case 18 -> common();
          default -> nested();
        };
      } catch (Impossible e) {
        // Chosen again.
      }
    }
  }

  /** A query with one expression that may raise. */
  Query raising() {
    names = 0;
    nativeOnly = false;
    List<Signature> raising = signatures.stream().filter(s -> s.raises() && isUsable(s)).toList();
    Source source = oneTable();
    while (true) {
      try {
        Expr expr =
            build(pick(raising), Optional.empty(), source.columns(), random.nextInt(2), true);
        Select select =
            Select.of(List.of(item(source.ids().get(0), 0), new Item(expr, "c1")), source.from());
        // Fewer rows raise less often.
        return select.withWhere(
            Optional.of(
                new Expr.Leaf(
                    source.ids().get(0).sql()
                        + " % "
                        + random.nextInt(3, 30)
                        + " = "
                        + random.nextInt(3),
                    Kind.BOOL)));
      } catch (Impossible e) {
        // Chosen again.
      }
    }
  }

  /** A condition over one table, for checks that need no second engine. */
  record Partition(String table, Expr condition, List<Item> items) {}

  Partition partition() {
    names = 0;
    Data.Table table = tables.get(random.nextInt(tables.size()));
    Source source = source(table);
    while (true) {
      try {
        return new Partition(
            table.name(), expr(Kind.BOOL, source.columns(), 3), items(source.columns(), 6, 3, 0));
      } catch (Impossible e) {
        // Chosen again.
      }
    }
  }

  // Sources

  private Source source(Data.Table table) {
    return new Source(
        new Table(table.name(), table.name()),
        table.columns().stream()
            .map(column -> new Column(column.name(), column.kind(), column.unique()))
            .toList());
  }

  private Source oneTable() {
    return source(tables.get(random.nextInt(3) == 0 ? random.nextInt(tables.size()) : 0));
  }

  private Source joined() {
    List<Data.Table> shuffled = new ArrayList<>(tables.subList(0, 5));
    for (int i = shuffled.size() - 1; i > 0; i--) {
      java.util.Collections.swap(shuffled, i, random.nextInt(i + 1));
    }
    Source left = source(shuffled.get(0));
    left = join(left, source(shuffled.get(1)));
    return random.nextInt(3) == 0 ? join(left, source(shuffled.get(2))) : left;
  }

  private Source join(Source left, Source right) {
    String kind =
        List.of(
                "JOIN",
                "JOIN",
                "LEFT JOIN",
                "LEFT JOIN",
                "RIGHT JOIN",
                "FULL JOIN",
                "LEFT SEMI JOIN",
                "LEFT ANTI JOIN")
            .get(random.nextInt(8));
    Expr on = joinCondition(left.columns(), right.columns());
    boolean one = kind.endsWith("SEMI JOIN") || kind.endsWith("ANTI JOIN");
    List<Column> columns = new ArrayList<>(left.columns());
    if (!one) {
      columns.addAll(right.columns());
    }
    return new Source(new Join(left.from(), kind, right.from(), Optional.of(on)), columns);
  }

  private Expr joinCondition(List<Column> left, List<Column> right) {
    Column l = random.nextInt(3) == 0 ? left.get(2) : left.get(1);
    Column r = l.kind() == Kind.STRING ? right.get(2) : right.get(1);
    Expr equal =
        new Expr.Call(
            random.nextInt(5) == 0 ? "{0} <=> {1}" : "{0} = {1}",
            Kind.BOOL,
            List.of(leaf(l), leaf(r)));
    if (random.nextInt(4) == 0) {
      // Keys of any kind: NaN, -0.0, decimals of unlike scales.
      Kind kind = Kind.ATOMIC.get(random.nextInt(Kind.ATOMIC.size()));
      Optional<Column> a = left.stream().filter(c -> c.kind() == kind).findFirst();
      Optional<Column> b = right.stream().filter(c -> c.kind() == kind).findFirst();
      if (a.isPresent() && b.isPresent()) {
        equal = new Expr.Call("{0} = {1}", Kind.BOOL, List.of(leaf(a.get()), leaf(b.get())));
      }
    }
    if (random.nextInt(3) > 0) {
      return equal;
    }
    List<Column> both = new ArrayList<>(left);
    both.addAll(right);
    return new Expr.Call("{0} AND {1}", Kind.BOOL, List.of(equal, expr(Kind.BOOL, both, 2)));
  }

  // Queries

  private Select projection(Source source, int count) {
    List<Item> items = new ArrayList<>();
    for (Column id : source.ids()) {
      items.add(item(id, items.size()));
    }
    int ids = items.size();
    items.addAll(items(source.columns(), count, 4, ids));
    Select select = Select.of(items, source.from());
    if (random.nextInt(3) == 0) {
      select = select.withWhere(Optional.of(expr(Kind.BOOL, source.columns(), 3)));
    }
    if (random.nextInt(4) == 0) {
      List<String> order = new ArrayList<>();
      if (random.nextBoolean()) {
        // Any other order before the unique one.
        Kind kind = Kind.ATOMIC.get(random.nextInt(Kind.ATOMIC.size()));
        order.add(expr(kind, source.columns(), 1).sql() + direction());
      }
      for (int i = 0; i < ids; i++) {
        order.add("c" + i + direction());
      }
      // An expression that is a constant or a place number would not order.
      order.removeIf(key -> key.matches("[(]?-?[0-9].*"));
      boolean limited = random.nextBoolean();
      select =
          select.withOrder(order, limited ? Optional.of(random.nextInt(30)) : Optional.empty());
    }
    return select;
  }

  private String direction() {
    return List.of("", " DESC", " NULLS LAST", " DESC NULLS FIRST").get(random.nextInt(4));
  }

  private Select aggregation(Source source) {
    List<Expr> keys = new ArrayList<>();
    List<Item> items = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      Expr key = key(source.columns());
      keys.add(key);
      items.add(new Item(key, "c" + items.size()));
    }
    boolean plain = random.nextInt(4) > 0 || keys.size() < 2;
    String form = plain ? "{keys}" : random.nextBoolean() ? "ROLLUP({keys})" : "CUBE({keys})";
    if (!plain) {
      items.add(new Item(new Expr.Leaf("grouping_id()", Kind.LONG), "c" + items.size()));
    }
    List<Signature> aggregates = usable(Role.AGGREGATE);
    for (int i = random.nextInt(6, 12); i > 0; i--) {
      Expr aggregate = build(pick(aggregates), Optional.empty(), source.columns(), 2, false);
      items.add(new Item(around(aggregate), "c" + items.size()));
    }
    Select select = Select.of(items, source.from()).withGrouping(new Grouping(keys, form));
    if (random.nextInt(3) == 0) {
      select = select.withWhere(Optional.of(expr(Kind.BOOL, source.columns(), 2)));
    }
    if (random.nextInt(4) == 0) {
      select =
          select.withHaving(
              Optional.of(
                  new Expr.Call(
                      "{0} > " + random.nextInt(3),
                      Kind.BOOL,
                      List.of(new Expr.Leaf("count(*)", Kind.LONG)))));
    }
    boolean ordered =
        plain && !keys.isEmpty() && keys.stream().noneMatch(key -> key.kind().isFloating());
    if (ordered && random.nextInt(3) == 0) {
      List<String> order = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        order.add("c" + i + direction());
      }
      select = select.withOrder(order, Optional.empty());
    }
    return select;
  }

  /** A key of any kind, with few different values more often than not. */
  private Expr key(List<Column> columns) {
    if (random.nextBoolean()) {
      return leaf(columns.get(random.nextInt(1, 3)));
    }
    Kind kind = Kind.ATOMIC.get(random.nextInt(Kind.ATOMIC.size()));
    Expr key = expr(kind, columns, random.nextInt(2));
    boolean constant =
        !(key instanceof Expr.Call) && columns.stream().noneMatch(c -> c.sql().equals(key.sql()));
    return constant ? leaf(columns.get(1)) : key;
  }

  /** A scalar function around an aggregate, now and then. */
  private Expr around(Expr aggregate) {
    return switch (random.nextInt(6)) {
      case 0 -> new Expr.Call("coalesce({0}, NULL)", aggregate.kind(), List.of(aggregate));
      case 1 -> new Expr.Call("{0} IS NULL", Kind.BOOL, List.of(aggregate));
      default -> aggregate;
    };
  }

  private Select windows() {
    Source source = oneTable();
    List<Item> items = new ArrayList<>();
    items.add(item(source.ids().get(0), 0));
    List<Signature> windows = usable(Role.WINDOW);
    for (int i = random.nextInt(8, 13); i > 0; i--) {
      Expr window = build(pick(windows), Optional.empty(), source.columns(), 1, false);
      items.add(new Item(around(window), "c" + items.size()));
    }
    Select select = Select.of(items, source.from());
    return random.nextInt(3) == 0
        ? select.withWhere(Optional.of(expr(Kind.BOOL, source.columns(), 2)))
        : select;
  }

  private Query setOperation() {
    int count = random.nextInt(3, 7);
    List<Kind> kinds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      kinds.add(Kind.ATOMIC.get(random.nextInt(Kind.ATOMIC.size())));
    }
    String operator =
        List.of("UNION ALL", "UNION", "INTERSECT", "EXCEPT", "INTERSECT ALL", "EXCEPT ALL")
            .get(random.nextInt(6));
    Query query = new SetOperation(branch(kinds), operator, branch(kinds));
    return random.nextInt(3) == 0 ? new SetOperation(query, "UNION ALL", branch(kinds)) : query;
  }

  private Select branch(List<Kind> kinds) {
    Source source = source(tables.get(random.nextInt(tables.size())));
    List<Item> items = new ArrayList<>();
    for (Kind kind : kinds) {
      items.add(new Item(expr(kind, source.columns(), 2), "c" + items.size()));
    }
    Select select = Select.of(items, source.from()).withDistinct(random.nextInt(5) == 0);
    return random.nextInt(3) == 0
        ? select.withWhere(Optional.of(expr(Kind.BOOL, source.columns(), 2)))
        : select;
  }

  private Select withSubqueries() {
    Source source = oneTable();
    List<Item> items = new ArrayList<>();
    items.add(item(source.ids().get(0), 0));
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      items.add(new Item(scalarSubquery(source), "c" + items.size()));
    }
    items.addAll(items(source.columns(), 6, 3, items.size()));
    Expr condition = predicateSubquery(source);
    if (random.nextBoolean()) {
      condition =
          new Expr.Call(
              random.nextBoolean() ? "{0} AND {1}" : "{0} OR {1}",
              Kind.BOOL,
              List.of(condition, expr(Kind.BOOL, source.columns(), 2)));
    }
    return Select.of(items, source.from()).withWhere(Optional.of(condition));
  }

  private Source other(Source outer) {
    List<Data.Table> others =
        tables.stream().filter(t -> !outer.from().sql().contains(t.name())).toList();
    return source(others.get(random.nextInt(others.size())));
  }

  private Expr scalarSubquery(Source outer) {
    Source inner = other(outer);
    Signature aggregate = pick(usable(Role.AGGREGATE));
    Expr value = build(aggregate, Optional.empty(), inner.columns(), 1, false);
    Select select = Select.of(List.of(new Item(value, "v")), inner.from());
    if (random.nextInt(3) > 0) {
      select = select.withWhere(Optional.of(correlation(outer, inner)));
    }
    return new Expr.Nested("({q})", value.kind(), List.of(), select);
  }

  private Expr correlation(Source outer, Source inner) {
    Expr equal =
        new Expr.Call(
            "{0} = {1}",
            Kind.BOOL, List.of(leaf(inner.columns().get(1)), leaf(outer.columns().get(1))));
    return random.nextInt(3) > 0
        ? equal
        : new Expr.Call(
            "{0} AND {1}", Kind.BOOL, List.of(equal, expr(Kind.BOOL, inner.columns(), 2)));
  }

  private Expr predicateSubquery(Source outer) {
    Source inner = other(outer);
    if (random.nextBoolean()) {
      Select select =
          Select.of(List.of(new Item(new Expr.Leaf("1", Kind.INT), "v")), inner.from())
              .withWhere(Optional.of(correlation(outer, inner)));
      return new Expr.Nested(
          random.nextBoolean() ? "EXISTS ({q})" : "NOT EXISTS ({q})", Kind.BOOL, List.of(), select);
    }
    Kind kind =
        random.nextBoolean() ? Kind.INT : Kind.ATOMIC.get(random.nextInt(Kind.ATOMIC.size()));
    Select select = Select.of(List.of(new Item(expr(kind, inner.columns(), 1), "v")), inner.from());
    if (random.nextInt(3) == 0) {
      select = select.withWhere(Optional.of(expr(Kind.BOOL, inner.columns(), 2)));
    }
    return new Expr.Nested(
        random.nextBoolean() ? "{0} IN ({q})" : "{0} NOT IN ({q})",
        Kind.BOOL,
        List.of(expr(kind, outer.columns(), 1)),
        select);
  }

  private Query common() {
    Select definition = projection(oneTable(), 8).withOrder(List.of(), Optional.empty());
    String name = "q" + (++names);
    Source source = derivedColumns(new Table(name, name), definition);
    Query body =
        random.nextBoolean()
            ? projection(source, 8)
            : new SetOperation(
                projection(source, 0).withOrder(List.of(), Optional.empty()),
                "UNION ALL",
                projection(source, 0).withOrder(List.of(), Optional.empty()));
    return new With(name, definition, body);
  }

  private Query nested() {
    Select inner = random.nextBoolean() ? windows() : projection(oneTable(), 8);
    inner = inner.withOrder(List.of(), Optional.empty());
    String alias = "q" + (++names);
    Source source = derivedColumns(new Derived(inner, alias), inner);
    return random.nextInt(3) == 0 && source.columns().size() > 3
        ? aggregation(source)
        : projection(source, 6);
  }

  private static Source derivedColumns(From from, Select select) {
    List<Column> columns = new ArrayList<>();
    for (Item item : select.items()) {
      columns.add(new Column(item.name(), item.expr().kind(), columns.isEmpty()));
    }
    return new Source(from, columns);
  }

  // Expressions

  private List<Item> items(List<Column> columns, int count, int depth, int first) {
    List<Item> items = new ArrayList<>();
    List<Signature> scalars = usable(Role.SCALAR);
    while (items.size() < count) {
      Expr expr = build(pick(scalars), Optional.empty(), columns, random.nextInt(depth), false);
      items.add(new Item(expr, "c" + (first + items.size())));
    }
    return items;
  }

  private static Item item(Column column, int number) {
    return new Item(leaf(column), "c" + number);
  }

  private static Expr leaf(Column column) {
    return new Expr.Leaf(column.sql(), column.kind());
  }

  private List<Signature> usable(Role role) {
    return signatures.stream().filter(s -> s.role() == role && !s.raises() && isUsable(s)).toList();
  }

  /** One of them, the rarer ones more often. */
  private Signature pick(List<Signature> choices) {
    if (choices.isEmpty()) {
      throw new Impossible();
    }
    Signature first = choices.get(random.nextInt(choices.size()));
    Signature second = choices.get(random.nextInt(choices.size()));
    return used.getOrDefault(first, 0) <= used.getOrDefault(second, 0) ? first : second;
  }

  private Expr expr(Kind kind, List<Column> columns, int depth) {
    return expr(kind, columns, depth, false);
  }

  private Expr expr(Kind kind, List<Column> columns, int depth, boolean mayRaise) {
    if (depth > 0 && random.nextInt(LEAF_SHARE) > 0) {
      List<Signature> choices =
          signatures.stream()
              .filter(s -> s.role() == Role.SCALAR && isUsable(s))
              .filter(s -> mayRaise || !s.raises())
              .filter(s -> gives(s, kind))
              // A special function says more about its kind than the dozen general ones.
              .filter(s -> !s.isGeneric() || random.nextInt(3) == 0)
              .toList();
      if (!choices.isEmpty()) {
        return build(pick(choices), Optional.of(kind), columns, depth - 1, mayRaise);
      }
    }
    List<Column> serving = columns.stream().filter(c -> c.kind().serves(kind)).toList();
    if (serving.isEmpty() || random.nextInt(6) == 0) {
      return new Expr.Leaf(kind.literal(random), kind);
    }
    return leaf(serving.get(random.nextInt(serving.size())));
  }

  private static boolean gives(Signature signature, Kind kind) {
    if (!signature.isGeneric()) {
      return Kind.valueOf(signature.result()).serves(kind);
    }
    // Choices keep the values as they are, arithmetic does not keep them tame.
    boolean keeps = signature.result().equals("T") || signature.result().equals("E");
    boolean tame = kind == Kind.SMALL || kind == Kind.TAME || kind == Kind.MONEY;
    return tame
        ? keeps && !signature.line().contains("{:")
        : Signatures.DOMAINS.get(signature.result()).contains(kind);
  }

  private Expr build(
      Signature signature,
      Optional<Kind> wanted,
      List<Column> columns,
      int depth,
      boolean mayRaise) {
    Map<String, Kind> bound = new HashMap<>();
    if (signature.isGeneric()) {
      List<Kind> domain = Signatures.DOMAINS.get(signature.result());
      bound.put(
          signature.result(), wanted.orElseGet(() -> domain.get(random.nextInt(domain.size()))));
    }
    StringBuilder template = new StringBuilder();
    List<Expr> args = new ArrayList<>();
    fill(signature.parts(), template, args, bound, columns, depth, mayRaise);
    Kind kind =
        signature.isGeneric() ? bound.get(signature.result()) : Kind.valueOf(signature.result());
    used.merge(signature, 1, Integer::sum);
    boolean operator = signature.role() == Role.SCALAR && !isCall(template);
    return new Expr.Call(operator ? "(" + template + ")" : template.toString(), kind, args);
  }

  /** Whether the text is one call, which needs no brackets around it. */
  private static boolean isCall(CharSequence template) {
    String text = template.toString();
    return text.matches("(?s)\\w+\\(.*\\)") && !text.matches("(?s).*\\).*[^\\w,'\"{}() ].*\\(.*")
        || text.startsWith("CASE");
  }

  private void fill(
      List<Signatures.Part> parts,
      StringBuilder template,
      List<Expr> args,
      Map<String, Kind> bound,
      List<Column> columns,
      int depth,
      boolean mayRaise) {
    for (Signatures.Part part : parts) {
      if (part instanceof Signatures.Text text) {
        template.append(text.text());
      } else if (part instanceof Signatures.Number number) {
        template.append(random.nextInt(number.least(), number.most() + 1));
      } else if (part instanceof Signatures.Choice choice) {
        template.append(choice.texts().get(random.nextInt(choice.texts().size())));
      } else if (part instanceof Signatures.TypeOf type) {
        template.append(kindOf(type.variable(), bound).sqlType());
      } else if (part instanceof Signatures.Over over) {
        fill(
            Signatures.parts(over(over.form())),
            template,
            args,
            new HashMap<>(),
            columns,
            depth,
            mayRaise);
      } else if (part instanceof Signatures.Argument argument) {
        template.append('{').append(args.size()).append('}');
        args.add(
            argument.kind().equals("ID")
                ? columns.stream()
                    .filter(Column::unique)
                    .findFirst()
                    .map(QueryGenerator::leaf)
                    .orElseThrow(Impossible::new)
                : expr(kindOf(argument.kind(), bound), columns, depth, mayRaise));
      }
    }
  }

  private Kind kindOf(String name, Map<String, Kind> bound) {
    List<Kind> domain = Signatures.DOMAINS.get(name);
    return domain == null
        ? Kind.valueOf(name)
        : bound.computeIfAbsent(name, n -> domain.get(random.nextInt(domain.size())));
  }

  private static final Map<String, List<String>> OVERS =
      Map.of(
          "total",
          List.of(
              "ORDER BY {ID}",
              "PARTITION BY {SMALL} % 5 ORDER BY {ID} DESC",
              "PARTITION BY {T} ORDER BY {N} NULLS LAST, {ID}",
              "ORDER BY {T} DESC, {ID}"),
          "ties",
          List.of(
              "ORDER BY {T}",
              "PARTITION BY {SMALL} % 5 ORDER BY {T} DESC NULLS FIRST",
              "PARTITION BY {BOOL} ORDER BY {N}, {STRING} NULLS LAST"),
          "rows",
          List.of(
              "ORDER BY {ID} ROWS BETWEEN {#0..3} PRECEDING AND {#0..3} FOLLOWING",
              "PARTITION BY {SMALL} % 3 ORDER BY {T}, {ID} ROWS BETWEEN UNBOUNDED PRECEDING AND"
                  + " {#0..2} PRECEDING",
              "ORDER BY {N} DESC, {ID} ROWS BETWEEN {#1..2} FOLLOWING AND UNBOUNDED FOLLOWING"),
          "range",
          List.of(
              "ORDER BY {SMALL} RANGE BETWEEN {#0..20} PRECEDING AND {#0..20} FOLLOWING",
              "ORDER BY {SMALL} DESC RANGE BETWEEN {#0..20} PRECEDING AND CURRENT ROW",
              "ORDER BY {T} RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"));

  private String over(String form) {
    if (form.equals("any")) {
      return switch (random.nextInt(5)) {
        case 0 -> over("total");
        case 1 -> over("ties");
        case 2 -> over("rows");
        case 3 -> over("range");
        default -> "PARTITION BY {SMALL} % 4";
      };
    }
    List<String> choices = OVERS.get(form);
    return choices.get(random.nextInt(choices.size()));
  }
}
