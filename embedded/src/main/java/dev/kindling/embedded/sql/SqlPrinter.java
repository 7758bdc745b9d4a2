package dev.kindling.embedded.sql;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Prints trees as DuckDB SQL: the one place that knows quotes, brackets and line breaks. */
public final class SqlPrinter {
  private static final Pattern PLAIN_NAME = Pattern.compile("[a-z_][a-z0-9_]*");

  // DuckDB's reserved words, and those that cannot be a column name without quotes.
  private static final Set<String> RESERVED =
      Set.of(
          """
          all analyse analyze and anti any array as asc asof asymmetric at authorization
          binary both by case cast check collate column columns concurrently constraint create
          cross current_date current_time current_timestamp default deferrable desc describe
          distinct do else end except exists false fetch filter for foreign freeze from full
          generated glob grant group having ilike in initially inner intersect interval into
          is isnull join key lambda lateral leading left like limit localtime localtimestamp
          map natural not notnull null offset on only or order outer over overlaps pivot
          pivot_longer pivot_wider placing positional primary qualify range references
          returning right row rows select semi session_user show similar some struct summarize
          symmetric table tablesample then time timestamp to trailing true try_cast union
          unique unpivot user using values variadic verbose when where window with within
          """
              .strip()
              .split("\\s+"));

  private static final Map<String, Integer> PRECEDENCE =
      Map.ofEntries(
          Map.entry("OR", 1),
          Map.entry("AND", 2),
          Map.entry("NOT", 3),
          Map.entry("=", 4),
          Map.entry("<>", 4),
          Map.entry("<", 4),
          Map.entry("<=", 4),
          Map.entry(">", 4),
          Map.entry(">=", 4),
          Map.entry("IS NOT DISTINCT FROM", 4),
          Map.entry("LIKE", 5),
          Map.entry("||", 6),
          Map.entry("&", 6),
          Map.entry("|", 6),
          Map.entry("<<", 6),
          Map.entry(">>", 6),
          Map.entry("+", 7),
          Map.entry("-", 7),
          Map.entry("*", 8),
          Map.entry("/", 8),
          Map.entry("//", 8),
          Map.entry("%", 8));
  private static final int COMPARISON = 4;
  private static final int SUFFIX = 4;
  // IN and LIKE bind alike and do not chain.
  private static final int ABOVE_LIKE = 6;
  private static final int ATOM = 10;

  private final StringBuilder out = new StringBuilder();
  private int depth;

  private SqlPrinter() {}

  /** The query as text, over several lines. */
  public static String print(Query query) {
    SqlPrinter printer = new SqlPrinter();
    printer.query(query);
    return printer.out.toString();
  }

  /** The expression as text, on one line unless it holds a query. */
  public static String print(Sql expression) {
    SqlPrinter printer = new SqlPrinter();
    printer.expression(expression);
    return printer.out.toString();
  }

  /** A name, in double quotes where DuckDB needs them. */
  public static String name(String name) {
    return PLAIN_NAME.matcher(name).matches() && !RESERVED.contains(name)
        ? name
        : '"' + name.replace("\"", "\"\"") + '"';
  }

  private void query(Query query) {
    if (query instanceof Query.Select select) {
      select(select);
    } else if (query instanceof Query.SetOperation set) {
      for (int i = 0; i < set.branches().size(); i++) {
        if (i > 0) {
          line();
          out.append(set.operator());
          line();
        }
        brackets(set.branches().get(i));
      }
    } else if (query instanceof Query.Values values) {
      out.append("VALUES ");
      list(
          values.rows(),
          row -> {
            out.append('(');
            list(row, this::expression);
            out.append(')');
          });
    } else if (query instanceof Query.With with) {
      out.append("WITH ");
      for (int i = 0; i < with.definitions().size(); i++) {
        if (i > 0) {
          out.append(',');
          line();
        }
        Query.Definition definition = with.definitions().get(i);
        out.append(name(definition.name())).append(" AS ");
        brackets(definition.query());
      }
      line();
      query(with.body());
    }
  }

  private void select(Query.Select select) {
    out.append(select.distinct() ? "SELECT DISTINCT " : "SELECT ");
    list(select.items(), this::item);
    select
        .from()
        .ifPresent(
            from -> {
              line();
              out.append("FROM ");
              from(from);
            });
    conjunction("WHERE ", select.where());
    if (!select.groupBy().isEmpty()) {
      line();
      out.append("GROUP BY ");
      list(select.groupBy(), this::expression);
    }
    select.having().ifPresent(having -> conjunction("HAVING ", List.of(having)));
    if (!select.orderBy().isEmpty()) {
      line();
      out.append("ORDER BY ");
      list(select.orderBy(), this::sortKey);
    }
    select
        .limit()
        .ifPresent(
            limit -> {
              line();
              out.append("LIMIT ").append(limit);
            });
    select
        .offset()
        .ifPresent(
            offset -> {
              line();
              out.append("OFFSET ").append(offset);
            });
  }

  private void item(Query.Item item) {
    expression(item.expression());
    if (!(item.expression() instanceof Sql.Column column && column.name().equals(item.alias()))) {
      out.append(" AS ").append(name(item.alias()));
    }
  }

  private void conjunction(String keyword, List<Sql> conditions) {
    for (int i = 0; i < conditions.size(); i++) {
      line();
      out.append(i == 0 ? keyword : "  AND ");
      operand(conditions.get(i), 3);
    }
  }

  private void from(Query.From from) {
    if (from instanceof Query.From.Table table) {
      out.append(table.text()).append(" AS ").append(name(table.alias()));
      columns(table.columns());
    } else if (from instanceof Query.From.Sub sub) {
      brackets(sub.query());
      out.append(" AS ").append(name(sub.alias()));
      columns(sub.columns());
    } else if (from instanceof Query.From.Lateral lateral) {
      out.append("LATERAL ");
      brackets(lateral.query());
      out.append(" AS ").append(name(lateral.alias()));
    } else if (from instanceof Query.From.Join join) {
      from(join.left());
      line();
      out.append(join.kind()).append(' ');
      boolean nested = join.right() instanceof Query.From.Join;
      out.append(nested ? "(" : "");
      from(join.right());
      out.append(nested ? ")" : "");
      join.on()
          .ifPresent(
              on -> {
                out.append(" ON ");
                expression(on);
              });
    }
  }

  private void columns(List<String> columns) {
    if (!columns.isEmpty()) {
      out.append('(');
      list(columns, column -> out.append(name(column)));
      out.append(')');
    }
  }

  private void brackets(Query query) {
    out.append('(');
    depth++;
    query(query);
    depth--;
    out.append(')');
  }

  private void expression(Sql expression) {
    if (expression instanceof Sql.Column column) {
      out.append(name(column.table())).append('.').append(name(column.name()));
    } else if (expression instanceof Sql.Literal literal) {
      out.append(literal.text());
    } else if (expression instanceof Sql.Name reference) {
      out.append(name(reference.name()));
    } else if (expression instanceof Sql.Star) {
      out.append('*');
    } else if (expression instanceof Sql.Call call) {
      call(call.name(), call.arguments());
    } else if (expression instanceof Sql.Infix infix) {
      int own = precedence(infix);
      // Comparisons do not chain: a = b = c is no expression.
      operand(infix.left(), own == COMPARISON ? own + 1 : own);
      out.append(' ').append(infix.operator()).append(' ');
      operand(infix.right(), own + (isAssociative(infix.operator()) ? 0 : 1));
    } else if (expression instanceof Sql.Prefix prefix) {
      out.append(prefix.operator()).append(prefix.operator().equals("NOT") ? " " : "");
      operand(prefix.operand(), prefix.operator().equals("NOT") ? 4 : ATOM);
    } else if (expression instanceof Sql.Suffix suffix) {
      operand(suffix.operand(), SUFFIX + 1);
      out.append(' ').append(suffix.operator());
    } else if (expression instanceof Sql.Cast cast) {
      cast("CAST(", cast.operand(), cast.type());
    } else if (expression instanceof Sql.TryCast cast) {
      cast("TRY_CAST(", cast.operand(), cast.type());
    } else if (expression instanceof Sql.Case choice) {
      out.append("CASE");
      for (Sql.When when : choice.whens()) {
        out.append(" WHEN ");
        expression(when.condition());
        out.append(" THEN ");
        expression(when.result());
      }
      choice
          .otherwise()
          .ifPresent(
              otherwise -> {
                out.append(" ELSE ");
                expression(otherwise);
              });
      out.append(" END");
    } else if (expression instanceof Sql.In in) {
      operand(in.value(), ABOVE_LIKE);
      out.append(" IN (");
      list(in.options(), this::expression);
      out.append(')');
    } else if (expression instanceof Sql.ScalarQuery scalar) {
      brackets(scalar.query());
    } else if (expression instanceof Sql.Exists exists) {
      out.append("EXISTS ");
      brackets(exists.query());
    } else if (expression instanceof Sql.InQuery in) {
      boolean row = in.values().size() > 1;
      out.append(row ? "(" : "");
      list(in.values(), value -> operand(value, ABOVE_LIKE));
      out.append(row ? ")" : "").append(" IN ");
      brackets(in.query());
    } else if (expression instanceof Sql.Aggregate aggregate) {
      aggregate(aggregate);
    } else if (expression instanceof Sql.Window window) {
      window(window);
    } else if (expression instanceof Sql.Struct struct) {
      out.append("struct_pack(");
      for (int i = 0; i < struct.names().size(); i++) {
        out.append(i > 0 ? ", " : "").append(name(struct.names().get(i))).append(" := ");
        expression(struct.values().get(i));
      }
      out.append(')');
    } else if (expression instanceof Sql.Lambda lambda) {
      out.append("lambda ");
      list(lambda.parameters(), parameter -> out.append(name(parameter)));
      out.append(": ");
      expression(lambda.body());
    }
  }

  private void call(String name, List<Sql> arguments) {
    out.append(name).append('(');
    list(arguments, this::expression);
    out.append(')');
  }

  private void cast(String keyword, Sql operand, String type) {
    out.append(keyword);
    expression(operand);
    out.append(" AS ").append(type).append(')');
  }

  private void aggregate(Sql.Aggregate aggregate) {
    out.append(aggregate.name()).append('(').append(aggregate.distinct() ? "DISTINCT " : "");
    list(aggregate.arguments(), this::expression);
    if (!aggregate.orderBy().isEmpty()) {
      out.append(" ORDER BY ");
      list(aggregate.orderBy(), this::sortKey);
    }
    out.append(')');
    aggregate
        .filter()
        .ifPresent(
            filter -> {
              out.append(" FILTER (WHERE ");
              expression(filter);
              out.append(')');
            });
  }

  private void window(Sql.Window window) {
    expression(window.function());
    out.append(" OVER (");
    String separator = "";
    if (!window.partitionBy().isEmpty()) {
      out.append("PARTITION BY ");
      list(window.partitionBy(), this::expression);
      separator = " ";
    }
    if (!window.orderBy().isEmpty()) {
      out.append(separator).append("ORDER BY ");
      list(window.orderBy(), this::sortKey);
      separator = " ";
    }
    if (window.frame().isPresent()) {
      out.append(separator).append(window.frame().get());
    }
    out.append(')');
  }

  private void sortKey(Sql.SortKey key) {
    expression(key.expression());
    out.append(key.ascending() ? " ASC" : " DESC");
    out.append(key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST");
  }

  private void operand(Sql operand, int least) {
    boolean brackets = precedence(operand) < least;
    out.append(brackets ? "(" : "");
    expression(operand);
    out.append(brackets ? ")" : "");
  }

  private static int precedence(Sql expression) {
    if (expression instanceof Sql.Infix infix) {
      return PRECEDENCE.getOrDefault(infix.operator(), 1);
    }
    if (expression instanceof Sql.Prefix prefix) {
      return switch (prefix.operator()) {
        case "NOT" -> 3;
        // DuckDB reads ~a % b as ~(a % b): the operator binds less than arithmetic.
        case "~" -> 1;
        default -> 9;
      };
    }
    if (expression instanceof Sql.Suffix
        || expression instanceof Sql.In
        || expression instanceof Sql.InQuery) {
      return SUFFIX;
    }
    // A negative number binds like a unary minus.
    boolean negative = expression instanceof Sql.Literal literal && literal.text().startsWith("-");
    return negative ? 9 : ATOM;
  }

  private static boolean isAssociative(String operator) {
    return operator.equals("AND") || operator.equals("OR") || operator.equals("||");
  }

  private <T> void list(List<T> parts, Consumer<T> print) {
    for (int i = 0; i < parts.size(); i++) {
      if (i > 0) {
        out.append(", ");
      }
      print.accept(parts.get(i));
    }
  }

  private void line() {
    out.append('\n').append("  ".repeat(depth));
  }
}
