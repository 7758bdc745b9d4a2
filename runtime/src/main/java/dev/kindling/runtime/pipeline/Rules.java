package dev.kindling.runtime.pipeline;

import dev.kindling.model.pipeline.Expectation;
import java.util.ArrayList;
import java.util.List;

/**
 * Expectations as SQL that both engines run. A rule is broken by a row whose key column is NULL, by
 * a row whose condition is false (and not NULL), or by each row of a key that occurs more than
 * once.
 */
final class Rules {
  private Rules() {}

  /** Whether the rule looks at one row at a time. */
  static boolean perRow(Expectation rule) {
    return !(rule instanceof Expectation.Unique);
  }

  /** A condition that is true for the rows at fault and never NULL; for {@link #perRow} rules. */
  static String broken(Expectation rule) {
    if (rule instanceof Expectation.NotNull notNull) {
      return "("
          + String.join(
              " OR ", notNull.columns().stream().map(c -> Names.quote(c) + " IS NULL").toList())
          + ")";
    }
    // The line break ends a comment that the user's text may end with.
    return "((" + ((Expectation.Check) rule).sql() + "\n) IS FALSE)";
  }

  /** How many rows break the rule. */
  static String count(Expectation rule, String table) {
    if (rule instanceof Expectation.Unique unique) {
      return "SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM "
          + Names.quote(table)
          + " WHERE "
          + known(unique.columns())
          + " GROUP BY "
          + Names.quoted(unique.columns())
          + " HAVING count(*) > 1)";
    }
    return "SELECT count(*) FROM " + Names.quote(table) + " WHERE " + broken(rule);
  }

  /** The rows that break the rule. */
  static String rows(Expectation rule, String table, List<String> columns) {
    if (rule instanceof Expectation.Unique unique) {
      return "SELECT "
          + Names.quoted(columns)
          + " FROM "
          + numbered(table, List.of(unique))
          + " WHERE "
          + repeated(unique, 0);
    }
    return "SELECT "
        + Names.quoted(columns)
        + " FROM "
        + Names.quote(table)
        + " WHERE "
        + broken(rule);
  }

  /** The rows that break none of the rules. */
  static String good(List<Expectation> rules, String table, List<String> columns) {
    Split split = new Split(rules, table);
    return "SELECT "
        + Names.quoted(columns)
        + " FROM "
        + split.from
        + " WHERE NOT ("
        + String.join(" OR ", split.conditions)
        + ")";
  }

  /** The rows that break at least one of the rules, with the rules in a column of their own. */
  static String bad(List<Expectation> rules, String table, List<String> columns) {
    Split split = new Split(rules, table);
    List<String> reasons = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      reasons.add(
          "CASE WHEN "
              + split.conditions.get(i)
              + " THEN "
              + Names.literal(rules.get(i).describe())
              + " END");
    }
    return "SELECT "
        + Names.quoted(columns)
        + ", concat_ws('; ', "
        + String.join(", ", reasons)
        + ") AS "
        + Names.quote(reasonColumn(columns))
        + " FROM "
        + split.from
        + " WHERE "
        + String.join(" OR ", split.conditions);
  }

  /** {@code _reason}, or the first free name like it. */
  static String reasonColumn(List<String> columns) {
    String name = "_reason";
    while (contains(columns, name)) {
      name = "_" + name;
    }
    return name;
  }

  private static boolean contains(List<String> columns, String name) {
    return columns.stream().anyMatch(column -> column.equalsIgnoreCase(name));
  }

  private static String known(List<String> columns) {
    return String.join(
        " AND ", columns.stream().map(c -> Names.quote(c) + " IS NOT NULL").toList());
  }

  /** The table with, for each unique key, how many rows share it. */
  private static String numbered(String table, List<Expectation.Unique> keys) {
    if (keys.isEmpty()) {
      return Names.quote(table);
    }
    StringBuilder sql = new StringBuilder("(SELECT *");
    for (int i = 0; i < keys.size(); i++) {
      sql.append(", count(*) OVER (PARTITION BY ")
          .append(Names.quoted(keys.get(i).columns()))
          .append(") AS ")
          .append(sharing(i));
    }
    return sql.append(" FROM ").append(Names.quote(table)).append(")").toString();
  }

  private static String sharing(int key) {
    return "`__rows with key " + key + "`";
  }

  private static String repeated(Expectation.Unique key, int index) {
    return "(" + known(key.columns()) + " AND " + sharing(index) + " > 1)";
  }

  private static final class Split {
    private final List<String> conditions = new ArrayList<>();
    private final String from;

    Split(List<Expectation> rules, String table) {
      List<Expectation.Unique> keys = new ArrayList<>();
      for (Expectation rule : rules) {
        if (rule instanceof Expectation.Unique unique) {
          conditions.add(repeated(unique, keys.size()));
          keys.add(unique);
        } else {
          conditions.add(broken(rule));
        }
      }
      from = numbered(table, keys);
    }
  }
}
