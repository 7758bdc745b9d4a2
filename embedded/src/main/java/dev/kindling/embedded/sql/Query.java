package dev.kindling.embedded.sql;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A DuckDB query: what may stand between brackets and give rows. */
public sealed interface Query {

  /** One SELECT block. An empty {@code from} gives one row. */
  record Select(
      boolean distinct,
      List<Item> items,
      Optional<From> from,
      List<Sql> where,
      List<Sql> groupBy,
      Optional<Sql> having,
      List<Sql.SortKey> orderBy,
      OptionalLong limit,
      OptionalLong offset)
      implements Query {
    public Select {
      items = List.copyOf(items);
      where = List.copyOf(where);
      groupBy = List.copyOf(groupBy);
      orderBy = List.copyOf(orderBy);
    }
  }

  /** {@code left operator right operator …}, such as UNION ALL; every branch is a whole query. */
  record SetOperation(String operator, List<Query> branches) implements Query {
    public SetOperation {
      branches = List.copyOf(branches);
    }
  }

  /** {@code VALUES (…), (…)}; at least one row. */
  record Values(List<List<Sql>> rows) implements Query {
    public Values {
      rows = List.copyOf(rows);
    }
  }

  /** {@code WITH name(columns) AS (…) body}. */
  record With(List<Definition> definitions, Query body) implements Query {
    public With {
      definitions = List.copyOf(definitions);
    }
  }

  /** One common table expression. */
  record Definition(String name, Query query) {}

  /** One output column of a SELECT. */
  record Item(Sql expression, String alias) {}

  /** What stands in a FROM clause. */
  sealed interface From {

    /** A base table or a table function, printed as it is. */
    record Table(String text, String alias, List<String> columns) implements From {
      public Table {
        columns = List.copyOf(columns);
      }
    }

    /** A query in brackets; {@code columns} renames its output when not empty. */
    record Sub(Query query, String alias, List<String> columns) implements From {
      public Sub {
        columns = List.copyOf(columns);
      }
    }

    /** {@code left kind right ON condition}; the kind is printed as it is. */
    record Join(From left, String kind, From right, Optional<Sql> on) implements From {}

    /** {@code LATERAL (query)}: the query sees the columns of what stands before it. */
    record Lateral(Query query, String alias) implements From {}
  }
}
