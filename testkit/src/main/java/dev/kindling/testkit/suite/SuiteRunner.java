package dev.kindling.testkit.suite;

import dev.kindling.embedded.EngineFailure;
import dev.kindling.embedded.OutputOrder;
import dev.kindling.embedded.PreparedQuery;
import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.RowCursor;
import dev.kindling.embedded.SqlException;
import dev.kindling.embedded.frontend.Scala;
import dev.kindling.spark.extension.LivePlan;
import dev.kindling.testkit.Answer;
import dev.kindling.testkit.Comparison;
import dev.kindling.testkit.LocalSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.CommandResult;
import org.apache.spark.sql.catalyst.plans.logical.LeafNode;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.classic.SparkSession;

/** Runs the files of Spark's SQL tests in a live session, and each query in both engines. */
public final class SuiteRunner {

  /**
   * What makes tiny queries quick and keeps Spark's optimiser from working a query out before it
   * runs. Whether Spark generates code does not change its answers.
   */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.sql.session.timeZone", "America/Los_Angeles",
          "spark.sql.shuffle.partitions", "1",
          "spark.sql.leafNodeDefaultParallelism", "1",
          "spark.sql.adaptive.enabled", "false",
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.optimizer.excludedRules",
              "org.apache.spark.sql.catalyst.optimizer.ConvertToLocalRelation");

  private final SparkSession root;

  private SuiteRunner(SparkSession root) {
    this.root = root;
  }

  /**
   * Makes the tests' tables in this JVM's one Spark session.
   *
   * @param scratch a folder for the tests' data files
   */
  public static SuiteRunner open(Path scratch) {
    SparkSession root = (SparkSession) LocalSpark.session().newSession();
    SuiteTables.create(root, scratch);
    return new SuiteRunner(root);
  }

  /** Runs the files whose names the predicate takes; each result goes to {@code results}. */
  public void run(Predicate<String> wanted, Consumer<StatementResult> results) {
    for (SuiteFile file : SuiteFiles.all()) {
      if (wanted.test(file.name())) {
        run(file, results);
      }
    }
  }

  private void run(SuiteFile file, Consumer<StatementResult> results) {
    Set<String> tables = tables();
    SparkSession session = (SparkSession) root.newSession();
    file.settings().forEach(session.conf()::set);
    SETTINGS.forEach(session.conf()::set);
    int number = 0;
    for (String sql : file.statements()) {
      number++;
      results.accept(run(session, file.name(), number, sql));
    }
    session.catalog().clearCache();
    tidy(tables);
  }

  private Set<String> tables() {
    Set<String> names = new LinkedHashSet<>();
    for (Row database : root.sql("SHOW DATABASES").collectAsList()) {
      names.add(database.getString(0));
      for (Row table : root.sql("SHOW TABLES IN `" + database.getString(0) + "`").collectAsList()) {
        names.add("`" + database.getString(0) + "`.`" + table.getString(1) + "`");
      }
    }
    return names;
  }

  private void tidy(Set<String> before) {
    for (String name : tables()) {
      if (before.contains(name)) {
        continue;
      }
      if (!name.startsWith("`")) {
        root.sql("DROP DATABASE IF EXISTS `" + name + "` CASCADE");
      } else if (root.catalog().tableExists(name)) {
        boolean view = root.catalog().getTable(name).tableType().equals("VIEW");
        root.sql("DROP " + (view ? "VIEW" : "TABLE") + " IF EXISTS " + name);
      }
    }
  }

  private static StatementResult run(SparkSession session, String file, int number, String sql) {
    Dataset<Row> query;
    LogicalPlan plan;
    try {
      query = session.sql(sql);
      plan = ((org.apache.spark.sql.classic.Dataset<Row>) query).queryExecution().analyzed();
    } catch (Exception e) {
      // Scala throws checked exceptions without a word.
      Verdict invalid = new Verdict(Verdict.Kind.INVALID, Answer.errorClass(e));
      return new StatementResult(file, number, sql, false, invalid, Optional.empty(), List.of());
    }
    if (plan instanceof Command || plan instanceof CommandResult) {
      Verdict command = Verdict.of(Verdict.Kind.COMMAND);
      return new StatementResult(file, number, sql, false, command, Optional.empty(), List.of());
    }
    List<String> reasons = new ArrayList<>();
    boolean relation = readsRelation(plan);
    Verdict verdict = compare(session, query, plan, reasons);
    Optional<Verdict> lifted = relation ? Optional.empty() : lifted(session, plan, reasons);
    return new StatementResult(file, number, sql, relation, verdict, lifted, reasons);
  }

  private static Optional<Verdict> lifted(
      SparkSession session, LogicalPlan plan, List<String> reasons) {
    Optional<LogicalPlan> lifted = Lifting.lift(plan);
    if (lifted.isEmpty()) {
      return Optional.empty();
    }
    Dataset<Row> query;
    try {
      query = org.apache.spark.sql.classic.Dataset.ofRows(session, lifted.get());
    } catch (Exception e) {
      // Only the analyser knows that some arguments have to be constants.
      return Optional.empty();
    }
    return Optional.of(compare(session, query, lifted.get(), reasons));
  }

  private static boolean readsRelation(LogicalPlan plan) {
    boolean[] found = {false};
    plan.transformDownWithSubqueries(
        Scala.partial(
            node -> {
              found[0] |= node instanceof LeafNode && !(node instanceof OneRowRelation);
              return Optional.empty();
            }));
    return found[0];
  }

  private static Verdict compare(
      SparkSession session, Dataset<Row> query, LogicalPlan plan, List<String> reasons) {
    LivePlan live;
    try {
      live = LivePlan.of(session, plan);
    } catch (SqlException e) {
      return afterSqlException(query, e);
    } catch (RuntimeException | LinkageError e) {
      return new Verdict(Verdict.Kind.DIFFERENT, "The translator fails: " + e);
    }
    if (live.query().isEmpty()) {
      List<String> why = new ArrayList<>();
      for (Refusal refusal : live.refusals()) {
        why.add(refusal.code() + " " + refusal.detail());
      }
      reasons.addAll(why);
      return new Verdict(Verdict.Kind.REFUSED, why.get(0));
    }
    PreparedQuery prepared = live.query().get();
    Answer ours;
    try (RowCursor cursor = live.rows()) {
      ours = Answer.of(cursor, prepared.schema());
    } catch (EngineFailure e) {
      return afterFailure(query, e);
    }
    Answer theirs;
    try {
      theirs = onSpark(query);
    } catch (Exception e) {
      return new Verdict(
          Verdict.Kind.DIFFERENT,
          "Spark fails where the embedded engine gives %d rows: %s"
              .formatted(ours.size(), Answer.errorClass(e)));
    }
    Comparison comparison = ours.compare(prepared, theirs, OutputOrder.keys(plan));
    if (comparison instanceof Comparison.Different && takesFirstOfEqualRows(plan)) {
      return new Verdict(
          Verdict.Kind.PROVES_NOTHING, "a window's first or last row among equal ones");
    }
    return verdict(comparison, prepared);
  }

  /** Whether a window's frame by values has equal rows at its ends, of which either is right. */
  private static boolean takesFirstOfEqualRows(LogicalPlan plan) {
    return plan.toString()
        .matches("(?s).*\\b(first|last)\\([^\\n]*windowspecdefinition\\([^\\n]*RangeFrame.*");
  }

  private static Verdict verdict(Comparison comparison, PreparedQuery prepared) {
    if (comparison instanceof Comparison.Different different) {
      return new Verdict(Verdict.Kind.DIFFERENT, different.what());
    } else if (comparison instanceof Comparison.NotComparable vague && !vague.same()) {
      return new Verdict(Verdict.Kind.PROVES_NOTHING, vague.why());
    }
    return Verdict.of(prepared.usesSparkCode() ? Verdict.Kind.SPARK_CODE : Verdict.Kind.NATIVE);
  }

  /** Constants are worked out while translating, which may raise what the query would. */
  private static Verdict afterSqlException(Dataset<Row> query, SqlException failure) {
    try {
      Answer theirs = onSpark(query);
      return new Verdict(
          Verdict.Kind.DIFFERENT,
          "Spark gives %d rows where the front end fails: %s"
              .formatted(theirs.size(), failure.errorClass()));
    } catch (Exception e) {
      String theirs = Answer.errorClass(e);
      return theirs.equals(failure.errorClass())
          ? new Verdict(Verdict.Kind.BOTH_FAIL, theirs)
          : new Verdict(
              Verdict.Kind.DIFFERENT,
              "Spark fails with %s, the front end with %s".formatted(theirs, failure.errorClass()));
    }
  }

  /** Interpreted: for a handful of rows that is quicker than to compile classes. */
  private static Answer onSpark(Dataset<Row> query) {
    query.sparkSession().conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    try {
      return Answer.of(query);
    } finally {
      query.sparkSession().conf().unset("spark.sql.codegen.factoryMode");
    }
  }

  private static Verdict afterFailure(Dataset<Row> query, EngineFailure failure) {
    if (failure.reason() != EngineFailure.Reason.RAISED || Answer.isOurMistake(failure)) {
      return new Verdict(
          Verdict.Kind.DIFFERENT, "DuckDB cannot run the translation: " + failure.getMessage());
    }
    try {
      onSpark(query);
      return new Verdict(Verdict.Kind.RERUNS, failure.getMessage().lines().findFirst().orElse(""));
    } catch (Exception e) {
      return new Verdict(Verdict.Kind.BOTH_FAIL, Answer.errorClass(e));
    }
  }
}
