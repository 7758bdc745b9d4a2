package dev.kindling.testkit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry$;
import org.apache.spark.sql.catalyst.analysis.TableFunctionRegistry$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.execution.SparkSqlParser;
import org.apache.spark.sql.types.NullType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Every function of Spark's registry with the examples of its own documentation. Constants are
 * folded before anything is translated, so an example proves little as it stands: {@link #lifted}
 * turns its literals into columns.
 */
final class FunctionExamples {
  private static final Pattern EXAMPLE =
      Pattern.compile("> *((?i:SELECT|WITH)\\b.*?);", Pattern.DOTALL);
  private static final ParserInterface PARSER = new SparkSqlParser();

  /**
   * Statements for functions whose documentation has none, or none that a session can run as it
   * stands.
   */
  private static final Map<String, List<String>> MORE =
      Map.ofEntries(
          Map.entry("bigint", List.of("SELECT bigint('3')")),
          Map.entry("binary", List.of("SELECT binary('abc')")),
          Map.entry("boolean", List.of("SELECT boolean('true')")),
          Map.entry("date", List.of("SELECT date('2020-01-01')")),
          Map.entry("decimal", List.of("SELECT decimal('3.7')")),
          Map.entry("double", List.of("SELECT double('1.5')")),
          Map.entry("float", List.of("SELECT float('1.5')")),
          Map.entry("int", List.of("SELECT int('3')")),
          Map.entry("smallint", List.of("SELECT smallint('3')")),
          Map.entry("string", List.of("SELECT string(1.5D)")),
          Map.entry("timestamp", List.of("SELECT timestamp('2020-01-01 00:00:00')")),
          Map.entry("tinyint", List.of("SELECT tinyint('3')")),
          Map.entry(
              "when", List.of("SELECT CASE WHEN 1 > 0 THEN 1 WHEN 2 > 0 THEN 2.0 ELSE 1.2 END")),
          Map.entry("!", List.of("SELECT ! (1 > 2)")),
          Map.entry("not", List.of("SELECT NOT (1 > 2)")),
          Map.entry("and", List.of("SELECT 1 > 2 AND 2 > 1")),
          Map.entry("or", List.of("SELECT 1 > 2 OR 2 > 1")),
          Map.entry("range", List.of("SELECT * FROM range(1, 9, 3)", "SELECT * FROM range(5)")));

  private FunctionExamples() {}

  /** A function of the registry. */
  record Function(String name, String group, boolean table, List<String> examples) {}

  /** A statement; {@code columns} is false where nothing could be lifted. */
  record Statement(String sql, boolean columns) {
    /** Whether it reads anything but constants. */
    boolean reads() {
      return columns || sql.toUpperCase(Locale.ROOT).contains(" FROM ");
    }
  }

  static List<Function> all() {
    List<Function> all = new ArrayList<>();
    var scalars = FunctionRegistry$.MODULE$.builtin();
    for (FunctionIdentifier id : CollectionConverters.asJava(scalars.listFunction())) {
      all.add(function(scalars.lookupFunction(id).get(), id.funcName(), false));
    }
    var tables = TableFunctionRegistry$.MODULE$.builtin();
    for (FunctionIdentifier id : CollectionConverters.asJava(tables.listFunction())) {
      all.add(function(tables.lookupFunction(id).get(), id.funcName(), true));
    }
    all.sort(Comparator.comparing(Function::name).thenComparing(Function::table));
    return all;
  }

  private static Function function(ExpressionInfo info, String name, boolean table) {
    Set<String> examples = new LinkedHashSet<>();
    Matcher matcher = EXAMPLE.matcher(info.getExamples());
    while (matcher.find()) {
      examples.add(matcher.group(1).replaceAll("\\s*\\n\\s*", " "));
    }
    examples.addAll(MORE.getOrDefault(name, List.of()));
    return new Function(name, info.getGroup(), table, List.copyOf(examples));
  }

  /** A literal of a statement, where it stands in the text. */
  private record Place(int from, int to) {}

  /**
   * The statement with as many literals as {@code analyses} lets through turned into columns of a
   * table with a second row of NULLs.
   */
  static Statement lifted(String sql, Predicate<String> analyses) {
    List<Place> lifted = new ArrayList<>();
    for (Place place : literals(sql)) {
      lifted.add(place);
      if (!analyses.test(withColumns(sql, lifted, true))) {
        lifted.remove(place);
      }
    }
    return lifted.isEmpty()
        ? new Statement(sql, false)
        : new Statement(withColumns(sql, lifted, true), true);
  }

  private static String withColumns(String sql, List<Place> places, boolean nulls) {
    StringBuilder out = new StringBuilder();
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    int at = 0;
    for (Place place : places) {
      String name = "c" + names.size();
      names.add(name);
      values.add(sql.substring(place.from(), place.to()));
      out.append(sql, at, place.from()).append(name);
      at = place.to();
    }
    out.append(sql.substring(at)).append(" FROM VALUES (").append(String.join(", ", values));
    if (nulls) {
      out.append("), (").append(String.join(", ", names.stream().map(n -> "NULL").toList()));
    }
    return out.append(") AS lifted(").append(String.join(", ", names)).append(")").toString();
  }

  /** The literals of a query without FROM, in the order of the text. */
  private static List<Place> literals(String sql) {
    LogicalPlan plan;
    try {
      plan = PARSER.parsePlan(sql);
    } catch (Exception e) {
      return List.of();
    }
    if (!(plan instanceof Project project) || !(project.child() instanceof OneRowRelation)) {
      return List.of();
    }
    Map<Integer, Place> found = new TreeMap<>();
    CollectionConverters.asJava(project.projectList())
        .forEach(expression -> collect((Expression) expression, sql, found));
    List<Place> places = new ArrayList<>();
    int end = 0;
    for (Place place : found.values()) {
      if (place.from() >= end) {
        places.add(place);
        end = place.to();
      }
    }
    return places;
  }

  private static void collect(Expression e, String sql, Map<Integer, Place> found) {
    // TRUE and FALSE are two objects for all texts, and carry the place of whichever came first.
    if (e instanceof Literal literal
        && e != Literal.TrueLiteral()
        && e != Literal.FalseLiteral()
        && !(literal.dataType() instanceof NullType)
        && literal.origin().startIndex().isDefined()) {
      int from = (Integer) (Object) literal.origin().startIndex().get();
      int to = (Integer) (Object) literal.origin().stopIndex().get() + 1;
      // Some constants that the parser makes up carry the place of what is around them.
      // Some are shared, and carry a place in another text.
      if (to <= sql.length() && !sql.substring(from, to).contains("(")) {
        found.put(from, new Place(from, to));
      }
    }
    for (Expression child : CollectionConverters.asJava(e.children())) {
      collect(child, sql, found);
    }
  }
}
