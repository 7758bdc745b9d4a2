package dev.kindling.embedded.sql;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** A DuckDB SQL expression. */
public sealed interface Sql {

  /** A column of a relation in scope: {@code alias.name}. */
  record Column(String table, String name) implements Sql {
    public Column {
      requireNonNull(table, "table is null");
      requireNonNull(name, "name is null");
    }
  }

  /** A constant, as DuckDB spells it, type included. */
  record Literal(String text) implements Sql {
    public Literal {
      requireNonNull(text, "text is null");
    }
  }

  /** {@code name(arguments)}; the name is printed as it is. */
  record Call(String name, List<Sql> arguments) implements Sql {
    public Call {
      requireNonNull(name, "name is null");
      arguments = List.copyOf(arguments);
    }
  }

  /** {@code left operator right}. */
  record Infix(String operator, Sql left, Sql right) implements Sql {}

  /** {@code operator operand}, such as NOT and unary minus. */
  record Prefix(String operator, Sql operand) implements Sql {}

  /** {@code operand operator}, such as IS NULL. */
  record Suffix(Sql operand, String operator) implements Sql {}

  /** {@code CAST(operand AS type)}, which raises on a value that does not fit. */
  record Cast(Sql operand, String type) implements Sql {}

  /** {@code TRY_CAST(operand AS type)}, which gives NULL for a value that does not fit. */
  record TryCast(Sql operand, String type) implements Sql {}

  /** {@code CASE WHEN … THEN … ELSE … END}. */
  record Case(List<When> whens, Optional<Sql> otherwise) implements Sql {
    public Case {
      whens = List.copyOf(whens);
    }
  }

  /** One branch of a {@link Case}. */
  record When(Sql condition, Sql result) {}

  /** {@code value IN (options)}. */
  record In(Sql value, List<Sql> options) implements Sql {
    public In {
      options = List.copyOf(options);
    }
  }

  /** {@code (query)} used as a value. */
  record ScalarQuery(Query query) implements Sql {}

  /** {@code EXISTS (query)}. */
  record Exists(Query query) implements Sql {}

  /** {@code (values) IN (query)}. */
  record InQuery(List<Sql> values, Query query) implements Sql {
    public InQuery {
      values = List.copyOf(values);
    }
  }

  /** An aggregate call, with everything that may stand inside and behind it. */
  record Aggregate(
      String name,
      List<Sql> arguments,
      boolean distinct,
      List<SortKey> orderBy,
      Optional<Sql> filter)
      implements Sql {
    public Aggregate {
      arguments = List.copyOf(arguments);
      orderBy = List.copyOf(orderBy);
    }
  }

  /** {@code function OVER (PARTITION BY … ORDER BY … frame)}. */
  record Window(Sql function, List<Sql> partitionBy, List<SortKey> orderBy, Optional<String> frame)
      implements Sql {
    public Window {
      partitionBy = List.copyOf(partitionBy);
      orderBy = List.copyOf(orderBy);
    }
  }

  /** {@code lambda parameters: body}. */
  record Lambda(List<String> parameters, Sql body) implements Sql {
    public Lambda {
      parameters = List.copyOf(parameters);
    }
  }

  /** {@code struct_pack(name := value, …)}. */
  record Struct(List<String> names, List<Sql> values) implements Sql {
    public Struct {
      names = List.copyOf(names);
      values = List.copyOf(values);
    }
  }

  /** A name that stands for itself: a lambda's parameter. */
  record Name(String name) implements Sql {}

  /** {@code *}, as in {@code count(*)}. */
  record Star() implements Sql {}

  /** One key of an ORDER BY; the place of NULLs is always explicit. */
  record SortKey(Sql expression, boolean ascending, boolean nullsFirst) {}

  /** {@code name(arguments)}. */
  static Sql call(String name, Sql... arguments) {
    return new Call(name, List.of(arguments));
  }

  static Sql infix(Sql left, String operator, Sql right) {
    return new Infix(operator, left, right);
  }

  static Sql not(Sql operand) {
    return new Prefix("NOT", operand);
  }

  static Sql isNull(Sql operand) {
    return new Suffix(operand, "IS NULL");
  }

  static Sql isNotNull(Sql operand) {
    return new Suffix(operand, "IS NOT NULL");
  }

  /** A cast, unless the operand is a cast to the very same type. */
  static Sql cast(Sql operand, String type) {
    return operand instanceof Cast same && same.type().equals(type)
        ? operand
        : new Cast(operand, type);
  }

  static Sql literal(String text) {
    return new Literal(text);
  }

  /** {@code CASE WHEN condition THEN result ELSE otherwise END}. */
  static Sql iff(Sql condition, Sql result, Sql otherwise) {
    return new Case(List.of(new When(condition, result)), Optional.of(otherwise));
  }

  /** {@code CASE WHEN condition THEN result END}: NULL when the condition does not hold. */
  static Sql when(Sql condition, Sql result) {
    return new Case(List.of(new When(condition, result)), Optional.empty());
  }

  /** An aggregate call without DISTINCT, ORDER BY or FILTER. */
  static Aggregate aggregate(String name, Sql... arguments) {
    return new Aggregate(name, List.of(arguments), false, List.of(), Optional.empty());
  }

  /** A single-quoted string constant. */
  static Sql string(String value) {
    return new Literal("'" + value.replace("'", "''") + "'");
  }
}
