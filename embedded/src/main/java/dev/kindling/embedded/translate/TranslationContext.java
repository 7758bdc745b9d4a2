package dev.kindling.embedded.translate;

import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.frontend.SqlFrontEnd;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** What one translation of one statement keeps while it walks the plan. */
final class TranslationContext {
  private final SqlFrontEnd frontEnd;
  private final SparkCode sparkCode;
  private final boolean wideDecimals;
  private final Map<Long, Cte> ctes = new HashMap<>();
  private final Set<Long> reassociated = new HashSet<>();
  private final List<String> undecided = new ArrayList<>();
  private final Set<String> reads = new TreeSet<>();
  private final Set<SparkFunction> functions = new LinkedHashSet<>();
  private final Map<String, String> settings;
  private int aliases;

  /** A common table expression: its name in SQL and its column names, in order. */
  record Cte(String name, List<String> columns, List<Boolean> reassociated) {}

  TranslationContext(SqlFrontEnd frontEnd, SparkCode sparkCode, boolean wideDecimals) {
    this.frontEnd = frontEnd;
    this.sparkCode = sparkCode;
    this.wideDecimals = wideDecimals;
    this.settings = frontEnd.explicitSettings();
  }

  SqlFrontEnd frontEnd() {
    return frontEnd;
  }

  SparkCode sparkCode() {
    return sparkCode;
  }

  /**
   * Whether decimal arithmetic is done at DuckDB's full width, so that it cannot overflow early.
   */
  boolean wideDecimals() {
    return wideDecimals;
  }

  /** The settings under which the statement is translated. */
  Map<String, String> settings() {
    return settings;
  }

  /** Notes that the statement calls Spark's code. */
  void uses(SparkFunction function) {
    functions.add(function);
  }

  Set<SparkFunction> functions() {
    return functions;
  }

  /** A table alias that no other relation of the statement has. */
  String nextAlias() {
    return "t" + (++aliases);
  }

  void define(long cteId, Cte cte) {
    ctes.put(cteId, cte);
  }

  Optional<Cte> cte(long cteId) {
    return Optional.ofNullable(ctes.get(cteId));
  }

  void readsFrom(String table) {
    reads.add(table);
  }

  Set<String> reads() {
    return reads;
  }

  /** Notes that the last digits of an attribute depend on the order of float additions. */
  void markReassociated(long id) {
    reassociated.add(id);
  }

  boolean isReassociated(long id) {
    return reassociated.contains(id);
  }

  /** Whether the value of an expression depends on the order of float additions. */
  boolean isReassociated(Expression expression) {
    if (expression instanceof AttributeReference attribute) {
      return isReassociated(attribute.exprId().id());
    }
    if (AggregateRules.reassociates(expression)) {
      return true;
    }
    for (Expression child : Scala.<Expression>list(expression.children())) {
      if (isReassociated(child)) {
        return true;
      }
    }
    return false;
  }

  /** Notes that such a value decides which rows there are, so that rows cannot be compared. */
  void decidesRows(Expression expression, String what) {
    if (isReassociated(expression)) {
      undecided.add(
          what
              + " uses a sum of floating-point numbers, whose last digits depend on the order of"
              + " addition: "
              + expression.sql());
    }
  }

  void notComparable(String why) {
    undecided.add(why);
  }

  List<String> undecided() {
    return undecided;
  }
}
