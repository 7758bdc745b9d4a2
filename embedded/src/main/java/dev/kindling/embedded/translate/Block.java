package dev.kindling.embedded.translate;

import dev.kindling.embedded.sql.Query;
import dev.kindling.embedded.sql.Sql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One SELECT block while a plan is being turned into SQL. Plan nodes are merged into the block of
 * their child while SQL's order of clauses allows it; when it does not, the block is sealed into a
 * subquery and a new one starts around it. Immutable: each step gives a new block.
 */
record Block(
    List<Query.Definition> definitions,
    Optional<Query.From> from,
    List<Output> outputs,
    List<Sql> where,
    List<Sql> groupBy,
    Optional<Sql> having,
    boolean aggregated,
    boolean windowed,
    boolean distinct,
    List<Sql.SortKey> orderBy,
    OptionalLong limit,
    OptionalLong offset) {

  /**
   * One output column.
   *
   * @param id the attribute's expression id
   * @param name the attribute's name, for readers of the SQL
   * @param sql its value in terms of the FROM clause
   */
  record Output(long id, String name, Sql sql) {}

  Block {
    definitions = List.copyOf(definitions);
    outputs = List.copyOf(outputs);
    where = List.copyOf(where);
    groupBy = List.copyOf(groupBy);
    orderBy = List.copyOf(orderBy);
  }

  static Block of(Optional<Query.From> from, List<Output> outputs) {
    return new Block(
        List.of(),
        from,
        outputs,
        List.of(),
        List.of(),
        Optional.empty(),
        false,
        false,
        false,
        List.of(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  Map<Long, Sql> names() {
    Map<Long, Sql> names = new HashMap<>();
    outputs.forEach(output -> names.put(output.id(), output.sql()));
    return names;
  }

  /** Nothing but a FROM clause and columns of it: can stand in a join as it is. */
  boolean isBare() {
    return isPlain()
        && where.isEmpty()
        && definitions.isEmpty()
        && orderBy.isEmpty()
        && from.isPresent()
        && outputs.stream().allMatch(output -> output.sql() instanceof Sql.Column);
  }

  /** A filter or projection can still be added without changing what the block means. */
  boolean isPlain() {
    return !aggregated && !windowed && !distinct && limit.isEmpty() && offset.isEmpty();
  }

  /** Whether every output is a column or a constant, so that using it twice costs nothing. */
  boolean isCheap() {
    return outputs.stream()
        .allMatch(
            output -> output.sql() instanceof Sql.Column || output.sql() instanceof Sql.Literal);
  }

  Block withOutputs(List<Output> newOutputs) {
    return new Block(
        definitions,
        from,
        newOutputs,
        where,
        groupBy,
        having,
        aggregated,
        windowed,
        distinct,
        orderBy,
        limit,
        offset);
  }

  Block withWindows(List<Output> newOutputs) {
    return new Block(
        definitions,
        from,
        newOutputs,
        where,
        groupBy,
        having,
        aggregated,
        true,
        distinct,
        orderBy,
        limit,
        offset);
  }

  Block withWhere(Sql condition) {
    List<Sql> conditions = new ArrayList<>(where);
    conditions.addAll(conjuncts(condition));
    return new Block(
        definitions,
        from,
        outputs,
        conditions,
        groupBy,
        having,
        aggregated,
        windowed,
        distinct,
        orderBy,
        limit,
        offset);
  }

  Block withGroups(List<Sql> groups, List<Output> newOutputs, Optional<Sql> newHaving) {
    return new Block(
        definitions,
        from,
        newOutputs,
        where,
        groups,
        newHaving,
        true,
        windowed,
        distinct,
        List.of(),
        limit,
        offset);
  }

  Block withDistinct() {
    return new Block(
        definitions,
        from,
        outputs,
        where,
        groupBy,
        having,
        aggregated,
        windowed,
        true,
        List.of(),
        limit,
        offset);
  }

  Block withOrder(List<Sql.SortKey> keys) {
    return new Block(
        definitions,
        from,
        outputs,
        where,
        groupBy,
        having,
        aggregated,
        windowed,
        distinct,
        keys,
        limit,
        offset);
  }

  Block withLimit(long rows) {
    long least = limit.isPresent() ? Math.min(limit.getAsLong(), rows) : rows;
    return new Block(
        definitions,
        from,
        outputs,
        where,
        groupBy,
        having,
        aggregated,
        windowed,
        distinct,
        orderBy,
        OptionalLong.of(least),
        offset);
  }

  Block withOffset(long rows) {
    return new Block(
        definitions,
        from,
        outputs,
        where,
        groupBy,
        having,
        aggregated,
        windowed,
        distinct,
        orderBy,
        limit,
        OptionalLong.of(rows));
  }

  Block withDefinitions(List<Query.Definition> more) {
    List<Query.Definition> all = new ArrayList<>(more);
    all.addAll(definitions);
    return new Block(
        all,
        from,
        outputs,
        where,
        groupBy,
        having,
        aggregated,
        windowed,
        distinct,
        orderBy,
        limit,
        offset);
  }

  /** The column names of the finished block, unique without regard to case. */
  List<String> columnNames() {
    Set<String> taken = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (Output output : outputs) {
      String base = output.name().isBlank() || output.name().length() > 60 ? "c" : output.name();
      String name = base;
      for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
        name = base + "_" + i;
      }
      names.add(name);
    }
    return names;
  }

  /** The finished query, its columns called as {@link #columnNames} says. */
  Query query() {
    List<String> names = columnNames();
    List<Query.Item> items = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      items.add(new Query.Item(outputs.get(i).sql(), names.get(i)));
    }
    if (items.isEmpty()) {
      // A query without columns still has rows, and SQL wants at least one column.
      items.add(new Query.Item(Sql.literal("NULL"), "nothing"));
    }
    Query select =
        new Query.Select(distinct, items, from, where, groupBy, having, orderBy, limit, offset);
    return definitions.isEmpty() ? select : new Query.With(definitions, select);
  }

  /** This block as a subquery under {@code alias}, and a new block around it. */
  Block seal(String alias) {
    List<String> names = columnNames();
    List<Output> columns = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Output output = outputs.get(i);
      columns.add(new Output(output.id(), output.name(), new Sql.Column(alias, names.get(i))));
    }
    return of(Optional.of(new Query.From.Sub(query(), alias, List.of())), columns);
  }

  private static List<Sql> conjuncts(Sql condition) {
    if (condition instanceof Sql.Infix infix && infix.operator().equals("AND")) {
      List<Sql> parts = new ArrayList<>(conjuncts(infix.left()));
      parts.addAll(conjuncts(infix.right()));
      return parts;
    }
    return List.of(condition);
  }
}
