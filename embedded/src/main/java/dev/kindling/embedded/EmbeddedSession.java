package dev.kindling.embedded;

import static java.util.Objects.requireNonNull;

import dev.kindling.embedded.frontend.Changing;
import dev.kindling.embedded.frontend.FixedTime;
import dev.kindling.embedded.frontend.FixedTimeExtension;
import dev.kindling.embedded.frontend.SqlFrontEnd;
import dev.kindling.embedded.read.Relation;
import dev.kindling.embedded.run.DuckDb;
import dev.kindling.embedded.run.ParquetNulls;
import dev.kindling.embedded.run.SparkFunctions;
import dev.kindling.embedded.run.SpooledRows;
import dev.kindling.embedded.sql.SqlPrinter;
import dev.kindling.embedded.translate.DecimalWidth;
import dev.kindling.embedded.translate.QueryTranslator;
import dev.kindling.embedded.translate.SparkCode;
import dev.kindling.embedded.translate.TranslatedQuery;
import dev.kindling.embedded.translate.Translation;
import dev.kindling.embedded.types.DuckTypes;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Spark SQL in this process: one Catalyst front end and one DuckDB. Statements run one at a time;
 * only {@link #cancel} and {@link #progress} may be called from other threads.
 */
public final class EmbeddedSession implements AutoCloseable {
  private final SqlFrontEnd frontEnd;
  private final CompletableFuture<DuckDb> opening;
  private final SparkCode sparkCode = new SparkCode();
  private final QueryTranslator translator;
  private final SourceCatalog sources;
  private final QueryRunner runner;
  private volatile DuckDb opened;
  private LeafImports imports;
  private boolean zoneKnown = true;

  private EmbeddedSession(EmbeddedOptions options) {
    // Opening DuckDB is native work and warming Catalyst is class loading: they overlap well.
    opening = CompletableFuture.supplyAsync(() -> DuckDb.open(options));
    try {
      frontEnd = new SqlFrontEnd(options.conf(), this::fileRelation);
    } catch (IllegalArgumentException e) {
      throw new KindlingException(ErrorCode.USAGE, e.getMessage(), e);
    }
    translator = new QueryTranslator(frontEnd, sparkCode);
    sources = new SourceCatalog(frontEnd, this::duckDb, options);
    runner = new QueryRunner(frontEnd, this::duckDb, this::widened);
  }

  /** Opens a session; throws for a setting that Spark does not accept. */
  public static EmbeddedSession open(EmbeddedOptions options) {
    return new EmbeddedSession(requireNonNull(options, "options is null"));
  }

  private DuckDb duckDb() {
    if (opened == null) {
      try {
        opened = opening.join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof EngineFailure failure ? failure : e;
      }
      adoptTimeZone();
    }
    return opened;
  }

  /** The settings in force that the other engine needs, by key. */
  public Map<String, String> conf() {
    return frontEnd.explicitSettings();
  }

  /** Sets a Spark SQL setting; throws for a value that Spark refuses. */
  public void setConf(String key, String value) {
    try {
      frontEnd.set(key, value);
    } catch (IllegalArgumentException e) {
      throw new KindlingException(ErrorCode.USAGE, e.getMessage(), e);
    }
    adoptTimeZone();
  }

  public void unsetConf(String key) {
    frontEnd.unset(key);
    adoptTimeZone();
  }

  /** Takes over all SQL settings of another session, in place of those made before. */
  public void adopt(Map<String, String> conf) {
    for (String key : Set.copyOf(frontEnd.explicitSettings().keySet())) {
      if (!conf.containsKey(key)) {
        frontEnd.unset(key);
      }
    }
    Map<String, String> before = frontEnd.explicitSettings();
    conf.forEach(
        (key, value) -> {
          if (!value.equals(before.get(key))) {
            frontEnd.set(key, value);
          }
        });
    adoptTimeZone();
  }

  /**
   * Whether a text is a value of a type: whether {@code CAST('text' AS type)} gives one, in ANSI
   * mode and in the session's time zone.
   */
  public boolean isValue(String text, DataType type) {
    try {
      return frontEnd.cast(text, type) != null;
    } catch (SqlException e) {
      return false;
    }
  }

  /**
   * Has {@code current_timestamp()} and its like give one time from now on, or the clock's again.
   *
   * @param timestamp a value of Spark's TIMESTAMP as a text, such as {@code 2026-01-31 12:00:00}
   * @return the setting that does the same in a Spark with {@link FixedTimeExtension}; empty for
   *     the clock's time
   */
  public Optional<String> fixTime(Optional<String> timestamp) {
    if (timestamp.isEmpty()) {
      unsetConf(FixedTime.SETTING);
      return Optional.empty();
    }
    String micros = frontEnd.cast(timestamp.get(), DataTypes.TimestampType).toString();
    setConf(FixedTime.SETTING, micros);
    return Optional.of("SET " + FixedTime.SETTING + "=" + micros);
  }

  private void adoptTimeZone() {
    if (opened != null) {
      zoneKnown = opened.timeZone(frontEnd.conf().sessionLocalTimeZone());
    }
  }

  /** Settings that change what queries mean in a way that no rule knows of. */
  private List<Refusal> refused(List<Refusal> settings) {
    duckDb();
    if (zoneKnown) {
      return settings;
    }
    List<Refusal> refusals = new ArrayList<>(settings);
    refusals.add(
        Refusal.of(
            RefusalCode.SETTING_NOT_SUPPORTED,
            "spark.sql.session.timeZone",
            "DuckDB does not know the zone " + frontEnd.conf().sessionLocalTimeZone()));
    return refusals;
  }

  /**
   * Makes a source known by name, in place of what had the name before. Looks at its files: throws
   * when there are none or they are broken.
   */
  public Registration register(String name, Source source) {
    return sources.register(name, source);
  }

  /** Makes a source known by name without looking at it before a query names it. */
  public void offer(String name, Source source) {
    sources.offer(name, source);
  }

  /** The relation of a path that a query names itself, as in {@code FROM parquet.`path`}. */
  private Relation fileRelation(String format, String path) {
    return sources.fileRelation(format, path);
  }

  /** How many records of a source were left out and kept aside; 0 for other tables. */
  public long badRecords(String name) {
    return sources.badRecords(name);
  }

  /**
   * Makes the records that were left out of a source known as a table of its own: {@code _file},
   * {@code _line} from 1, {@code _record} (its text) and {@code _reason}.
   *
   * @param name the source, of which bad records are put into quarantine
   * @param as the name of the new table
   */
  public void registerBadRecords(String name, String as) {
    sources.registerBadRecords(name, as);
  }

  /** Forgets a name; false when it was not known. */
  public boolean drop(String name) {
    return sources.drop(name);
  }

  /** Makes a query known by name: a view that is inlined wherever it is read. */
  public void registerView(String name, PreparedQuery query) {
    frontEnd.registerView(name, query.analysed());
  }

  /** The statements of a script, as spark-sql cuts them. */
  public static List<ScriptStatement> split(String script) {
    return ScriptSplitter.split(script);
  }

  /** The tables that a query reads by name, common table expressions left out. */
  public Set<String> references(String sql) {
    return frontEnd.references(sql);
  }

  /** Whether a script ends with a whole statement: with a semicolon, but for comments. */
  public static boolean isComplete(String script) {
    return ScriptSplitter.isComplete(script);
  }

  /** The words that Spark SQL knows: keywords in upper case, functions in lower case; sorted. */
  public List<String> words() {
    return frontEnd.words();
  }

  /** What kind of statement a text is; throws {@link SqlException} on a syntax error. */
  public Statement parse(String sql) {
    return StatementClassifier.classify(sql, frontEnd.parse(sql));
  }

  /**
   * Analyses and translates one query.
   *
   * @param parameters the values of its named parameters, as SQL literals
   * @throws SqlException when Spark's parser or analyser refuses it
   */
  public PreparedQuery prepare(String sql, Map<String, String> parameters) {
    sources.open(sql);
    LogicalPlan analysed = frontEnd.analyse(sql, parameters);
    return prepared(
        sql, parameters, analysed, refused(LegacySettings.refused(frontEnd)), DecimalWidth.NARROW);
  }

  private PreparedQuery widened(PreparedQuery query) {
    return prepared(
        query.sql(), query.parameters(), query.analysed(), List.of(), DecimalWidth.WIDE);
  }

  private PreparedQuery prepared(
      String sql,
      Map<String, String> parameters,
      LogicalPlan analysed,
      List<Refusal> settings,
      DecimalWidth width) {
    StructType schema = analysed.schema();
    Translation<TranslatedQuery> translation =
        settings.isEmpty() ? translator.translate(analysed, width) : Translation.refused(settings);
    return translation.fold(
        query ->
            new PreparedQuery(
                sql,
                parameters,
                schema,
                analysed,
                List.of(),
                Optional.of(SqlPrinter.print(query.query())),
                query.ordered(),
                query.reassociated(),
                query.unordered(),
                query.notComparable(),
                query.reads(),
                query.functions()),
        refusals ->
            new PreparedQuery(
                sql,
                parameters,
                schema,
                analysed,
                refusals.stream().distinct().toList(),
                Optional.empty(),
                false,
                Set.of(),
                Set.of(),
                Optional.empty(),
                Set.of(),
                Set.of()));
  }

  /**
   * Translates a plan that another Spark session has analysed. Its leaves come from {@link
   * #imports}; any other leaf that holds no rows itself is refused.
   */
  public PreparedQuery prepare(LogicalPlan analysed) {
    List<Refusal> settings = refused(LegacySettings.refusedForAnalysed(frontEnd));
    return prepared("", Map.of(), analysed, settings, DecimalWidth.NARROW);
  }

  /** The leaves of plans that another Spark session has analysed. */
  public LeafImports imports() {
    if (imports == null) {
      imports = new LeafImports(duckDb(), frontEnd);
    }
    return imports;
  }

  /**
   * What in a query may give other rows for the same input, such as {@code rand()} or {@code
   * current_date()}; empty when nothing does.
   */
  public Optional<String> changing(PreparedQuery query) {
    return Changing.find(query.analysed());
  }

  /** Runs a translated query into a table of this process, from which parts can be read. */
  public SpooledRows spool(PreparedQuery query) {
    return runner.spool(query);
  }

  /** Runs a translated query; the caller closes the cursor. */
  public RowCursor rows(PreparedQuery query) {
    return runner.rows(query);
  }

  /** Runs a translated query into Parquet files in a staging folder. */
  public WriteResult writeParquet(
      PreparedQuery query, Path folder, List<String> partitionBy, Map<String, String> options) {
    return runner.writeParquet(query, folder, partitionBy, options);
  }

  /** Runs a translated query into a table of this process, and makes that known by name. */
  public void materialise(String name, PreparedQuery query) {
    runner.materialise(name, query);
  }

  /** A view of how a query is run; Spark's phases do not need a translation. */
  public String explain(PreparedQuery query, ExplainMode mode) {
    return runner.explain(query, mode);
  }

  /**
   * How many bytes a translated query holds at once, in memory and spilled to disk; a guess that is
   * rather too low.
   */
  public long estimateWork(PreparedQuery query) {
    return runner.estimateWork(query);
  }

  /**
   * How many NULLs the columns of Parquet files in a folder of this machine have, by their footers;
   * columns of which they do not tell are left out.
   */
  public Map<String, Long> nullCounts(Path folder) {
    return ParquetNulls.count(duckDb(), folder);
  }

  /** The functions of Spark's code that DuckDB knows. */
  SparkFunctions sparkFunctions() {
    return duckDb().functions();
  }

  /** Whether values of every column of a schema can be held by the embedded engine. */
  public static boolean holds(StructType schema) {
    for (StructField field : schema.fields()) {
      if (DuckTypes.of(field.dataType()).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Stops the running statement, from any thread. */
  public void cancel() {
    sources.cancel();
    if (opened != null) {
      opened.cancel();
    }
  }

  /** How far the running statement is, from 0 to 1. */
  public OptionalDouble progress() {
    return opened == null ? OptionalDouble.empty() : opened.progress();
  }

  @Override
  public void close() {
    duckDb().close();
  }
}
