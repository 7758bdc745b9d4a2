package dev.kindling.embedded.frontend;

import dev.kindling.embedded.SqlException;
import dev.kindling.embedded.read.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.QueryPlanningTracker;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.analysis.Analyzer;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry$;
import org.apache.spark.sql.catalyst.analysis.NameParameterizedQuery;
import org.apache.spark.sql.catalyst.analysis.TableFunctionRegistry$;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.catalog.CatalogStorageFormat;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.catalog.CatalogTableType;
import org.apache.spark.sql.catalyst.catalog.InMemoryCatalog;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.catalyst.catalog.TemporaryViewRelation;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EliminatePipeOperators;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.optimizer.ComputeCurrentTime;
import org.apache.spark.sql.catalyst.optimizer.ConstantFolding;
import org.apache.spark.sql.catalyst.optimizer.EliminateResolvedHint;
import org.apache.spark.sql.catalyst.optimizer.EliminateSQLFunctionNode;
import org.apache.spark.sql.catalyst.optimizer.EvalInlineTables;
import org.apache.spark.sql.catalyst.optimizer.InsertMapSortInGroupingExpressions;
import org.apache.spark.sql.catalyst.optimizer.Optimizer;
import org.apache.spark.sql.catalyst.optimizer.PullOutGroupingExpressions;
import org.apache.spark.sql.catalyst.optimizer.ReorderAssociativeOperator;
import org.apache.spark.sql.catalyst.optimizer.ReplaceCurrentLike;
import org.apache.spark.sql.catalyst.optimizer.ReplaceExpressions;
import org.apache.spark.sql.catalyst.optimizer.RewriteWithExpression;
import org.apache.spark.sql.catalyst.optimizer.SimplifyCaseConversionExpressions;
import org.apache.spark.sql.catalyst.optimizer.SimplifyCasts;
import org.apache.spark.sql.catalyst.optimizer.SpecialDatetimeValues;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.catalyst.util.SQLKeywordUtils;
import org.apache.spark.sql.connector.catalog.CatalogManager;
import org.apache.spark.sql.execution.SparkSqlParser;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import scala.Option;
import scala.collection.immutable.Seq;

/**
 * Spark's own parser and analyser without a SparkContext. It decides what a statement means: names,
 * types, implicit casts and every error of analysis. Not safe for several threads at once.
 */
public final class SqlFrontEnd {
  private static final String EXCLUDED_RULES = "spark.sql.optimizer.excludedRules";

  /** Rules that make plans quicker for Spark's own operators, and nothing that SQL has. */
  private static final List<String> ONLY_SPEED =
      List.of(
          "org.apache.spark.sql.catalyst.optimizer.DecimalAggregates",
          "org.apache.spark.sql.catalyst.optimizer.InferWindowGroupLimit",
          "org.apache.spark.sql.catalyst.optimizer.InferFiltersFromConstraints",
          "org.apache.spark.sql.catalyst.optimizer.OptimizeIn");

  private final SQLConf conf = new SQLConf();
  private final Map<String, String> explicit = new TreeMap<>();
  private final SparkSqlParser parser;
  private final SessionCatalog catalog;
  private final CatalogManager catalogs;
  private final Analyzer analyzer;

  /**
   * @param settings Spark SQL settings by key
   * @param files gives the relation of a file format and a path that a query names
   */
  public SqlFrontEnd(Map<String, String> settings, BiFunction<String, String, Relation> files) {
    // Both engines run the mode that the session says, whatever the default of a target is.
    conf.setConfString("spark.sql.ansi.enabled", "true");
    conf.setConfString("spark.sql.session.timeZone", conf.sessionLocalTimeZone());
    settings.forEach(this::set);
    parser = within(SparkSqlParser::new);
    catalog =
        within(
            () ->
                new SessionCatalog(
                    new InMemoryCatalog(
                        new org.apache.spark.SparkConf(false),
                        new org.apache.hadoop.conf.Configuration(false)),
                    FunctionRegistry$.MODULE$.builtin(),
                    TableFunctionRegistry$.MODULE$.builtin()));
    catalogs = within(() -> new CatalogManager(new EmptyCatalog(), catalog));
    FileRelations fileRelations = new FileRelations(files);
    analyzer = within(() -> new ExtendedAnalyzer(catalogs, fileRelations));
  }

  /** Spark's analyser with one more rule. */
  private static final class ExtendedAnalyzer extends Analyzer {
    private final FileRelations files;

    ExtendedAnalyzer(CatalogManager catalogs, FileRelations files) {
      super(catalogs);
      this.files = files;
    }

    @Override
    public Seq<Rule<LogicalPlan>> extendedResolutionRules() {
      return Scala.seq(List.of(files));
    }
  }

  public SQLConf conf() {
    return conf;
  }

  /** The settings that were made explicitly, for the other engine. */
  public Map<String, String> explicitSettings() {
    Map<String, String> all = new TreeMap<>(explicit);
    all.put("spark.sql.ansi.enabled", Boolean.toString(conf.ansiEnabled()));
    all.put("spark.sql.session.timeZone", conf.sessionLocalTimeZone());
    return all;
  }

  /**
   * Sets a Spark SQL setting. Throws {@link IllegalArgumentException} for a value Spark refuses.
   */
  public void set(String key, String value) {
    conf.setConfString(key, value);
    explicit.put(key, value);
  }

  public void unset(String key) {
    conf.unsetConf(key);
    explicit.remove(key);
    if (key.equals("spark.sql.ansi.enabled")) {
      conf.setConfString(key, "true");
    }
  }

  /** Whether a setting has the value that it has in a Spark where nobody sets it. */
  public boolean isDefault(String key) {
    SQLConf untouched = new SQLConf();
    untouched.setConfString("spark.sql.ansi.enabled", Boolean.toString(conf.ansiEnabled()));
    try {
      return conf.getConfString(key).equalsIgnoreCase(untouched.getConfString(key));
    } catch (java.util.NoSuchElementException e) {
      // Spark does not know the setting.
      return false;
    }
  }

  /** Runs something with this session's settings in force. */
  public <T> T within(Supplier<T> action) {
    return SQLConf.withExistingConf(conf, action::get);
  }

  /** Parses one statement. */
  public LogicalPlan parse(String sql) {
    return guarded(() -> parser.parsePlan(sql));
  }

  /** Parses and analyses one query; {@code parameters} are SQL literals by name. */
  public LogicalPlan analyse(String sql, Map<String, String> parameters) {
    return guarded(
        () -> {
          LogicalPlan parsed = parser.parsePlan(sql);
          if (!parameters.isEmpty()) {
            List<String> names = new ArrayList<>(parameters.keySet());
            List<Expression> values = new ArrayList<>();
            names.forEach(name -> values.add(parser.parseExpression(parameters.get(name))));
            parsed = new NameParameterizedQuery(parsed, Scala.seq(names), Scala.seq(values));
          }
          return new FixedTime()
              .apply(analyzer.executeAndCheck(parsed, new QueryPlanningTracker(Option.empty())));
        });
  }

  /**
   * What a cast of a text to a type gives, in Spark's internal form, in ANSI mode whatever the
   * session's is.
   *
   * @throws SqlException when the text is no value of the type
   */
  public Object cast(String text, DataType type) {
    return guarded(
        () ->
            new Cast(
                    Literal.create(text, DataTypes.StringType),
                    type,
                    Option.apply(conf.sessionLocalTimeZone()),
                    EvalMode.ANSI())
                .eval(InternalRow.empty()));
  }

  /** The words that Spark SQL knows: keywords in upper case, functions in lower case; sorted. */
  public List<String> words() {
    Set<String> words = new TreeSet<>();
    for (String keyword : Scala.<String>list(SQLKeywordUtils.keywords())) {
      words.add(keyword);
    }
    for (FunctionIdentifier function :
        Scala.<FunctionIdentifier>list(FunctionRegistry$.MODULE$.builtin().listFunction())) {
      if (Character.isLetter(function.funcName().charAt(0))) {
        words.add(function.funcName());
      }
    }
    return List.copyOf(words);
  }

  /** The tables that a query reads by name, common table expressions left out, sorted. */
  public Set<String> references(String sql) {
    Set<String> names = new TreeSet<>();
    collectReferences(parse(sql), Set.of(), names);
    return names;
  }

  private static void collectReferences(LogicalPlan plan, Set<String> hidden, Set<String> names) {
    Set<String> inner = hidden;
    if (plan instanceof UnresolvedWith with) {
      inner = new TreeSet<>(hidden);
      for (scala.Tuple2<?, ?> relation : Scala.<scala.Tuple2<?, ?>>list(with.cteRelations())) {
        // A definition sees those before it, but not itself.
        collectReferences((LogicalPlan) relation._2(), inner, names);
        inner.add(((String) relation._1()).toLowerCase(Locale.ROOT));
      }
    }
    if (plan instanceof UnresolvedRelation relation) {
      String name = relation.tableName();
      if (!inner.contains(name.toLowerCase(Locale.ROOT))) {
        names.add(name);
      }
    }
    for (LogicalPlan child : Scala.<LogicalPlan>list(plan.children())) {
      collectReferences(child, inner, names);
    }
    for (Expression expression : Scala.<Expression>list(plan.expressions())) {
      collectReferences(expression, inner, names);
    }
  }

  private static void collectReferences(
      Expression expression, Set<String> hidden, Set<String> names) {
    if (expression instanceof SubqueryExpression subquery) {
      collectReferences(subquery.plan(), hidden, names);
    }
    for (Expression child : Scala.<Expression>list(expression.children())) {
      collectReferences(child, hidden, names);
    }
  }

  /**
   * The analysed plan, ready to be translated: expressions that stand for others are replaced, the
   * current time and constants are worked out. No rule that moves joins, filters or subqueries
   * runs, so DuckDB's optimiser gets the query as it was written. Subqueries are finished when
   * reached.
   */
  public LogicalPlan finish(LogicalPlan analysed) {
    return guarded(
        () -> {
          LogicalPlan plan = EliminateResolvedHint.apply(analysed);
          plan = EliminatePipeOperators.apply(plan);
          plan = EliminateSQLFunctionNode.apply(plan);
          plan = ReplaceExpressions.apply(plan);
          plan = RewriteWithExpression.apply(plan);
          plan = InsertMapSortInGroupingExpressions.apply(plan);
          plan = PullOutGroupingExpressions.apply(plan);
          plan = ComputeCurrentTime.apply(plan);
          plan = new ReplaceCurrentLike(catalogs).apply(plan);
          plan = SpecialDatetimeValues.apply(plan);
          plan = EvalInlineTables.apply(plan);
          // None of these is an optimisation only, in Spark's order: which sums of whole numbers
          // overflow depends on the second, which passes over constants that are not worked out;
          // CAST(16777217 AS FLOAT) % 7 and lower(upper('ß')) are other values over a column than
          // the constants are, because of the last two.
          plan = ConstantFolding.apply(plan);
          plan = ReorderAssociativeOperator.apply(plan);
          if (FloatCasts.areIn(plan)) {
            plan = SimplifyCasts.apply(plan);
          }
          plan = SimplifyCaseConversionExpressions.apply(plan);
          return ConstantFolding.apply(plan);
        });
  }

  /**
   * An analysed plan as Spark's optimiser leaves it, with joins for its subqueries: where those
   * give other rows than the subquery as it is written, the joins' rows are Spark's.
   */
  public LogicalPlan withSubqueriesAsJoins(LogicalPlan analysed) {
    SQLConf optimising = conf.clone();
    String excluded = conf.getConfString(EXCLUDED_RULES, "");
    optimising.setConfString(
        EXCLUDED_RULES, excluded + (excluded.isEmpty() ? "" : ",") + String.join(",", ONLY_SPEED));
    return guarded(
        () ->
            SQLConf.withExistingConf(
                optimising, () -> (LogicalPlan) new PlainOptimizer(catalogs).execute(analysed)));
  }

  /** What Spark's own optimiser makes of a plan: only to be looked at. */
  public LogicalPlan optimise(LogicalPlan analysed) {
    return guarded(() -> (LogicalPlan) new PlainOptimizer(catalogs).execute(analysed));
  }

  /** Catalyst's rules without those that need a running Spark. */
  private static final class PlainOptimizer extends Optimizer {
    PlainOptimizer(CatalogManager catalogs) {
      super(catalogs);
    }
  }

  /** Makes a relation known by name. */
  public void register(String name, Relation relation) {
    LogicalPlan plan =
        within(
            () ->
                DataSourceV2Relation.create(
                    new SourceTable(name, relation), Option.empty(), Option.empty()));
    registerView(name, plan);
  }

  /** A relation as a leaf of a plan, with columns that the rest of the plan refers to. */
  public LogicalPlan leaf(String name, Relation relation, List<AttributeReference> columns) {
    return within(
        () ->
            new DataSourceV2Relation(
                new SourceTable(name, relation),
                Scala.seq(columns),
                Option.empty(),
                Option.empty(),
                CaseInsensitiveStringMap.empty()));
  }

  /** Makes an analysed plan known by name: a view that is inlined wherever it is read. */
  public void registerView(String name, LogicalPlan plan) {
    guarded(
        () -> {
          catalog.createTempView(
              name,
              new TemporaryViewRelation(viewOf(name, plan.schema()), Option.apply(plan)),
              true);
          return plan;
        });
  }

  /** Forgets a name; false when it was not known. */
  public boolean drop(String name) {
    return guarded(() -> catalog.dropTempView(name));
  }

  private static CatalogTable viewOf(String name, StructType schema) {
    return new CatalogTable(
        TableIdentifier.apply(name),
        CatalogTableType.VIEW(),
        CatalogStorageFormat.empty(),
        schema,
        CatalogTable.$lessinit$greater$default$5(),
        CatalogTable.$lessinit$greater$default$6(),
        CatalogTable.$lessinit$greater$default$7(),
        CatalogTable.$lessinit$greater$default$8(),
        CatalogTable.$lessinit$greater$default$9(),
        CatalogTable.$lessinit$greater$default$10(),
        CatalogTable.$lessinit$greater$default$11(),
        scala.collection.immutable.Map$.MODULE$
            .<String, String>empty()
            .updated("view.storingAnalyzedPlan", "true"),
        CatalogTable.$lessinit$greater$default$13(),
        CatalogTable.$lessinit$greater$default$14(),
        CatalogTable.$lessinit$greater$default$15(),
        CatalogTable.$lessinit$greater$default$16(),
        CatalogTable.$lessinit$greater$default$17(),
        CatalogTable.$lessinit$greater$default$18(),
        CatalogTable.$lessinit$greater$default$19(),
        CatalogTable.$lessinit$greater$default$20(),
        CatalogTable.$lessinit$greater$default$21());
  }

  /** Runs a step of Spark's front end and turns its errors into {@link SqlException}. */
  <T> T guarded(Supplier<T> step) {
    try {
      return within(step);
    } catch (RuntimeException e) {
      throw e instanceof SparkThrowable ? asSqlException(e) : e;
    } catch (Exception e) {
      // AnalysisException is checked for Java, but thrown by Scala without a word.
      throw asSqlException(e);
    }
  }

  private static RuntimeException asSqlException(Exception e) {
    String errorClass =
        e instanceof SparkThrowable spark && spark.getCondition() != null
            ? spark.getCondition()
            : "";
    OptionalInt line = OptionalInt.empty();
    OptionalInt column = OptionalInt.empty();
    String message = e.getMessage();
    if (e instanceof AnalysisException analysis) {
      message = analysis.getSimpleMessage();
      if (analysis.line().isDefined()) {
        line = OptionalInt.of((Integer) (Object) analysis.line().get());
      }
      if (analysis.startPosition().isDefined()) {
        column = OptionalInt.of((Integer) (Object) analysis.startPosition().get() + 1);
      }
    }
    int echo = message.indexOf("\n== SQL");
    return new SqlException(
        errorClass, (echo < 0 ? message : message.substring(0, echo)).strip(), line, column);
  }
}
