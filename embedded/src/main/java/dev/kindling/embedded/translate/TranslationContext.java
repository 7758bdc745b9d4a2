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
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.ArrayContains;
import org.apache.spark.sql.catalyst.expressions.ArrayMax;
import org.apache.spark.sql.catalyst.expressions.ArrayMin;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Size;
import org.apache.spark.sql.catalyst.expressions.SortArray;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.CollectList;
import org.apache.spark.sql.catalyst.expressions.aggregate.CollectSet;

/** What one translation of one statement keeps while it walks the plan. */
final class TranslationContext {
  private static final String ELEMENT_ORDER =
      "the order of collected elements is left open by Spark: ";

  private final SqlFrontEnd frontEnd;
  private final SparkCode sparkCode;
  private final boolean wideDecimals;
  private final Map<Long, Cte> ctes = new HashMap<>();
  private final Set<Long> reassociated = new HashSet<>();
  private final Set<Long> unordered = new HashSet<>();
  private final List<String> undecided = new ArrayList<>();
  private final Set<String> reads = new TreeSet<>();
  private final Set<SparkFunction> functions = new LinkedHashSet<>();
  private final Map<String, String> settings;
  private int aliases;
  private boolean needsJoins;

  /** A common table expression: its name in SQL and its column names, in order. */
  record Cte(String name, List<String> columns, List<Attribute> source) {}

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

  /** Notes that the elements of an attribute's array come in an order that Spark leaves open. */
  void markUnordered(long id) {
    unordered.add(id);
  }

  /** Whether an expression is an array whose elements come in an order that Spark leaves open. */
  boolean isUnordered(Expression e) {
    if (e instanceof AttributeReference attribute) {
      return unordered.contains(attribute.exprId().id());
    } else if (e instanceof Alias alias) {
      return isUnordered(alias.child());
    } else if (e instanceof WindowExpression window) {
      return window.windowSpec().orderSpec().isEmpty() || !collectsList(window.windowFunction())
          ? isUnordered(window.windowFunction())
          : false;
    }
    return collectsList(e)
        || (e instanceof AggregateExpression aggregate
            && aggregate.aggregateFunction() instanceof CollectSet);
  }

  private static boolean collectsList(Expression e) {
    return e instanceof AggregateExpression aggregate
        && aggregate.aggregateFunction() instanceof CollectList;
  }

  /** Whether the value of an expression depends on such an order. */
  boolean dependsOnElementOrder(Expression e) {
    boolean anyOrder =
        e instanceof Size
            || e instanceof SortArray
            || e instanceof ArrayMax
            || e instanceof ArrayMin
            || e instanceof ArrayContains;
    if (isUnordered(e)) {
      return true;
    }
    for (Expression child : Scala.<Expression>list(e.children())) {
      boolean forgets = anyOrder && isUnordered(child);
      if (!forgets && dependsOnElementOrder(child)) {
        return true;
      }
    }
    return false;
  }

  /** Keeps, for a column that has the value of another, what is known of that. */
  void inherit(Expression value, long id) {
    if (isReassociated(value)) {
      markReassociated(id);
    }
    if (isUnordered(value)) {
      markUnordered(id);
    } else if (dependsOnElementOrder(value)) {
      notComparable(ELEMENT_ORDER + value.sql());
    }
  }

  /** Notes that such a value decides which rows there are, so that rows cannot be compared. */
  void decidesRows(Expression expression, String what) {
    if (dependsOnElementOrder(expression)) {
      notComparable(ELEMENT_ORDER + expression.sql());
    }
    if (isReassociated(expression)) {
      undecided.add(
          what
              + " uses a sum of floating-point numbers, whose last digits depend on the order of"
              + " addition: "
              + expression.sql());
    }
  }

  /** Notes a subquery for which only the joins that Spark makes of it give Spark's rows. */
  void needsJoins() {
    needsJoins = true;
  }

  boolean areJoinsNeeded() {
    return needsJoins;
  }

  void notComparable(String why) {
    undecided.add(why);
  }

  List<String> undecided() {
    return undecided;
  }
}
