package dev.kindling.runtime.pipeline;

import dev.kindling.model.pipeline.Expectation;
import java.util.ArrayList;
import java.util.List;

/**
 * Expectations as SQL that both engines run. A rule is broken by a row whose key column is NULL, by
 * a row whose condition is false (and not NULL), by a row whose key another table does not have, by
 * each row of a key that occurs more than once, or by each row that its query gives.
 */
final class Rules {
  private Rules() {}

  /** Whether the rule looks at one row at a time. */
  static boolean perRow(Expectation rule) {
    return !(rule instanceof Expectation.Unique || rule instanceof Expectation.Query);
  }

  /** Whether the rule looks at the table as a whole, so that there is no row to leave out. */
  static boolean aboutTable(Expectation rule) {
    return rule instanceof Expectation.Query;
  }

  /**
   * A condition that is true for the rows at fault and never NULL; for {@link #perRow} rules.
   *
   * @param table with the rows, and read as {@link #from} does
   */
  static String broken(Expectation rule, String table) {
    if (rule instanceof Expectation.NotNull notNull) {
      return "("
          + String.join(
              " OR ", notNull.columns().stream().map(c -> Names.quote(c) + " IS NULL").toList())
          + ")";
    }
    if (rule instanceof Expectation.References references) {
      return "(" + known(references.columns()) + " AND NOT " + isFound(references, table) + ")";
    }
    // The line break ends a comment that the user's text may end with.
    return "((" + ((Expectation.Check) rule).sql() + "\n) IS FALSE)";
  }

  private static String isFound(Expectation.References rule, String table) {
    String own = Names.quote(Names.user(table));
    boolean itself = Names.key(rule.table()).equals(Names.key(Names.user(table)));
    String other = itself ? "`__other`" : Names.quote(rule.table());
    List<String> equal = new ArrayList<>();
    for (int i = 0; i < rule.columns().size(); i++) {
      equal.add(
          "%s.%s = %s.%s"
              .formatted(
                  other, Names.quote(rule.keys().get(i)), own, Names.quote(rule.columns().get(i))));
    }
    return "EXISTS (SELECT 1 FROM %s AS %s WHERE %s)"
        .formatted(Names.quote(itself ? table : rule.table()), other, String.join(" AND ", equal));
  }

  /** The table under the name that its user gave it. */
  static String from(String table) {
    return Names.quote(table) + " AS " + Names.quote(Names.user(table));
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
    if (rule instanceof Expectation.Query query) {
      return "SELECT count(*) FROM (" + query.sql() + "\n)";
    }
    return "SELECT count(*) FROM " + from(table) + " WHERE " + broken(rule, table);
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
    if (rule instanceof Expectation.Query query) {
      return query.sql();
    }
    return "SELECT "
        + Names.quoted(columns)
        + " FROM "
        + from(table)
        + " WHERE "
        + broken(rule, table);
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
      return from(table);
    }
    StringBuilder sql = new StringBuilder("(SELECT *");
    for (int i = 0; i < keys.size(); i++) {
      sql.append(", count(*) OVER (PARTITION BY ")
          .append(Names.quoted(keys.get(i).columns()))
          .append(") AS ")
          .append(sharing(i));
    }
    return sql.append(" FROM ")
        .append(Names.quote(table))
        .append(") AS ")
        .append(Names.quote(Names.user(table)))
        .toString();
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
          conditions.add(broken(rule, table));
        }
      }
      from = numbered(table, keys);
    }
  }
}
