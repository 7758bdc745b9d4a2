package dev.kindling.embedded;

import static java.util.Objects.requireNonNull;

import dev.kindling.embedded.frontend.SqlFrontEnd;
import dev.kindling.embedded.read.CsvReader;
import dev.kindling.embedded.read.GatedSource;
import dev.kindling.embedded.read.ParquetReader;
import dev.kindling.embedded.read.Relation;
import dev.kindling.embedded.run.DuckDb;
import dev.kindling.embedded.run.ParquetWriter;
import dev.kindling.embedded.run.RowFunction;
import dev.kindling.embedded.run.Rows;
import dev.kindling.embedded.run.SparkFunctions;
import dev.kindling.embedded.run.SpooledRows;
import dev.kindling.embedded.run.WorkEstimate;
import dev.kindling.embedded.sql.Query;
import dev.kindling.embedded.sql.Sql;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Spark SQL in this process: one Catalyst front end and one DuckDB. Statements run one at a time;
 * only {@link #cancel} and {@link #progress} may be called from other threads.
 */
public final class EmbeddedSession implements AutoCloseable {
  /** Old behaviour of the parser and the analyser alone: their plan says what it means. */
  private static final Set<String> IN_THE_PLAN =
      Set.of(
          "spark.sql.legacy.allowStarWithSingleTableIdentifierInCount",
          "spark.sql.legacy.bangEqualsNot",
          "spark.sql.legacy.codingErrorAction",
          "spark.sql.legacy.ctePrecedencePolicy",
          "spark.sql.legacy.interval.enabled",
          "spark.sql.legacy.javaCharsets",
          "spark.sql.legacy.parseQueryWithoutEof",
          "spark.sql.legacy.parser.havingWithoutGroupByAsWhere",
          "spark.sql.legacy.percentileDiscCalculation",
          "spark.sql.legacy.setopsPrecedence.enabled",
          "spark.sql.legacy.sizeOfNull",
          "spark.sql.legacy.viewSchemaBindingMode",
          "spark.sql.legacy.viewSchemaCompensation");

  private final SqlFrontEnd frontEnd;
  private final CompletableFuture<DuckDb> opening;
  private final SparkCode sparkCode = new SparkCode();
  private final QueryTranslator translator;
  private final Map<String, Source> offered = new HashMap<>();
  private final EmbeddedOptions options;
  private volatile DuckDb opened;
  private volatile CsvReader csv;
  private LeafImports imports;
  private int temporaryTables;
  private boolean zoneKnown = true;

  private EmbeddedSession(EmbeddedOptions options) {
    this.options = options;
    // Opening DuckDB is native work and warming Catalyst is class loading: they overlap well.
    opening = CompletableFuture.supplyAsync(() -> DuckDb.open(options));
    try {
      frontEnd = new SqlFrontEnd(options.conf(), this::fileRelation);
    } catch (IllegalArgumentException e) {
      throw new KindlingException(ErrorCode.USAGE, e.getMessage(), e);
    }
    translator = new QueryTranslator(frontEnd, sparkCode);
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

  private void adoptTimeZone() {
    if (opened != null) {
      zoneKnown = opened.timeZone(frontEnd.conf().sessionLocalTimeZone());
    }
  }

  /** Settings that change what queries mean in a way that no rule knows of. */
  private List<Refusal> refusedSettings(Set<String> harmless) {
    List<Refusal> refusals = new ArrayList<>();
    duckDb();
    if (!zoneKnown) {
      refusals.add(
          Refusal.of(
              RefusalCode.SETTING_NOT_SUPPORTED,
              "spark.sql.session.timeZone",
              "DuckDB does not know the zone " + frontEnd.conf().sessionLocalTimeZone()));
    }
    for (String key : frontEnd.explicitSettings().keySet()) {
      boolean old = key.startsWith("spark.sql.legacy.") && !harmless.contains(key);
      if (old && !frontEnd.isDefault(key)) {
        refusals.add(
            Refusal.of(RefusalCode.SETTING_NOT_SUPPORTED, key, "old behaviour is left to Spark"));
      }
    }
    return refusals;
  }

  /**
   * Makes a source known by name, in place of what had the name before. Looks at its files: throws
   * when there are none or they are broken.
   */
  public Registration register(String name, Source source) {
    offered.remove(key(name));
    GatedSource gated = gate(name, source);
    if (gated instanceof GatedSource.Readable readable) {
      frontEnd.register(name, readable.relation());
      return new Registration.Native(readable.relation().schema().json(), List.of());
    }
    return new Registration.Refused(((GatedSource.Refused) gated).refusals());
  }

  /** Makes a source known by name without looking at it before a query names it. */
  public void offer(String name, Source source) {
    offered.put(key(name), source);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private GatedSource gate(String name, Source source) {
    if (source instanceof Source.Parquet parquet) {
      return withoutLengths(name, parquet().open(name, parquet.path()));
    } else if (source instanceof Source.Declared declared) {
      StructType schema = (StructType) StructType.fromJson(declared.schemaJson());
      return new GatedSource.Readable(new Relation.OnSpark(schema.asNullable(), declared.why()));
    }
    return csv().open(name, (Source.Csv) source);
  }

  /**
   * Lengths of CHAR and VARCHAR are Spark's analyser's to keep, which needs a catalogue of tables.
   */
  private static GatedSource withoutLengths(String name, GatedSource source) {
    if (source instanceof GatedSource.Readable readable) {
      for (StructField field : readable.relation().schema().fields()) {
        if (field.metadata().contains("__CHAR_VARCHAR_TYPE_STRING")) {
          return new GatedSource.Refused(
              List.of(
                  Refusal.of(
                      RefusalCode.SOURCE_NOT_SUPPORTED,
                      name,
                      "column " + field.name() + " is CHAR or VARCHAR")));
        }
      }
    }
    return source;
  }

  private CsvReader csv() {
    if (csv == null) {
      csv = new CsvReader(duckDb(), frontEnd, options.threads(), options.spillFolder());
    }
    return csv;
  }

  /** How many records of a source were left out and kept aside; 0 for other tables. */
  public long badRecords(String name) {
    return csv == null ? 0 : csv.badRecords(name);
  }

  /**
   * Makes the records that were left out of a source known as a table of its own: {@code _file},
   * {@code _line} from 1, {@code _record} (its text) and {@code _reason}.
   *
   * @param name the source, of which bad records are put into quarantine
   * @param as the name of the new table
   */
  public void registerBadRecords(String name, String as) {
    offered.remove(key(as));
    frontEnd.register(as, csv().badRecordsOf(name));
  }

  /** The relation of a path that a query names itself, as in {@code FROM parquet.`path`}. */
  private Relation fileRelation(String format, String path) {
    if (!format.equals("parquet")) {
      throw new RefusedSourceException(
          path,
          List.of(
              Refusal.of(
                  RefusalCode.SOURCE_NOT_SUPPORTED,
                  format + ".`" + path + "`",
                  "Spark has to find out the schema")));
    }
    GatedSource gated = gate(path, new Source.Parquet(Path.of(path)));
    if (gated instanceof GatedSource.Refused refused) {
      throw new RefusedSourceException(path, refused.refusals());
    }
    return ((GatedSource.Readable) gated).relation();
  }

  /** Makes a query known by name: a view that is inlined wherever it is read. */
  public void registerView(String name, PreparedQuery query) {
    frontEnd.registerView(name, query.analysed());
  }

  /** Forgets a name; false when it was not known. */
  public boolean drop(String name) {
    boolean waiting = offered.remove(key(name)) != null;
    return frontEnd.drop(name) || waiting;
  }

  /** The statements of a script, as spark-sql cuts them. */
  public static List<ScriptStatement> split(String script) {
    return ScriptSplitter.split(script);
  }

  /** The tables that a query reads by name, common table expressions left out. */
  public Set<String> references(String sql) {
    return frontEnd.references(sql);
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
    if (!offered.isEmpty()) {
      for (String name : references(sql)) {
        Source source = offered.get(key(name));
        if (source != null && register(name, source) instanceof Registration.Refused refused) {
          throw new RefusedSourceException(name, refused.refusals());
        }
      }
    }
    LogicalPlan analysed = frontEnd.analyse(sql, parameters);
    return prepared(sql, parameters, analysed, refusedSettings(IN_THE_PLAN), DecimalWidth.NARROW);
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
    Set<String> harmless = new HashSet<>(IN_THE_PLAN);
    // Formats are Spark's own code, and no file of text is read here.
    harmless.add("spark.sql.legacy.timeParserPolicy");
    return prepared("", Map.of(), analysed, refusedSettings(harmless), DecimalWidth.NARROW);
  }

  /** The leaves of plans that another Spark session has analysed. */
  public LeafImports imports() {
    if (imports == null) {
      imports = new LeafImports(duckDb(), frontEnd);
    }
    return imports;
  }

  private ParquetReader parquet() {
    return new ParquetReader(duckDb(), frontEnd);
  }

  /** Runs a translated query into a table of this process, from which parts can be read. */
  public SpooledRows spool(PreparedQuery query) {
    String table = "kindling_spool_" + (++temporaryTables);
    return withFunctions(
        query,
        sql -> {
          Rows.check(duckDb(), sql, query.schema());
          return SpooledRows.fill(
              duckDb(),
              table,
              positional(sql, query.schema()),
              query.schema(),
              frontEnd.conf().sessionLocalTimeZone());
        });
  }

  /** Runs a translated query; the caller closes the cursor. */
  public RowCursor rows(PreparedQuery query) {
    return withWiderDecimals(
        query,
        (attempt, sql) -> {
          SparkFunctions.Lease functions = functions(attempt);
          try {
            return Rows.open(
                duckDb(),
                sql,
                query.schema(),
                frontEnd.conf().sessionLocalTimeZone(),
                functions::close);
          } catch (RuntimeException e) {
            functions.close();
            throw e;
          }
        });
  }

  /** Runs a translated query into Parquet files in a staging folder. */
  public WriteResult writeParquet(
      PreparedQuery query, Path folder, List<String> partitionBy, Map<String, String> options) {
    return withFunctions(
        query,
        sql -> {
          Rows.check(duckDb(), sql, query.schema());
          return RowFunction.keepRows(
              duckDb(),
              sql,
              query.ordered(),
              () ->
                  new ParquetWriter(duckDb())
                      .write(
                          named(sql, query.schema()),
                          query.schema(),
                          folder,
                          partitionBy,
                          options));
        });
  }

  /** Runs a translated query into a table of this process, and makes that known by name. */
  public void materialise(String name, PreparedQuery query) {
    String table = "kindling_table_" + (++temporaryTables);
    withFunctions(
        query,
        sql -> {
          Rows.check(duckDb(), sql, query.schema());
          return RowFunction.keepRows(
              duckDb(),
              sql,
              query.ordered(),
              () -> {
                duckDb()
                    .execute(
                        "CREATE TEMP TABLE " + table + " AS " + positional(sql, query.schema()));
                return table;
              });
        });
    frontEnd.register(
        name,
        new Relation.Native(
            query.schema().asNullable(),
            alias -> new Query.From.Table(table, alias, List.of()),
            alias -> {
              List<Sql> columns = new ArrayList<>();
              for (int i = 0; i < query.schema().length(); i++) {
                columns.add(new Sql.Column(alias, "c" + i));
              }
              return columns;
            }));
  }

  // Spark's names may differ only in case, which DuckDB's tables do not allow.
  private static String positional(String sql, StructType schema) {
    List<String> names = new ArrayList<>();
    // Rows without columns have one in DuckDB, which nobody reads.
    for (int i = 0; i < Math.max(1, schema.length()); i++) {
      names.add("c" + i);
    }
    return "SELECT * FROM (" + sql + ") AS q(" + String.join(", ", names) + ")";
  }

  private static String named(String sql, StructType schema) {
    List<String> names = new ArrayList<>();
    for (StructField field : schema.fields()) {
      names.add(SqlPrinter.name(field.name()));
    }
    return "SELECT * FROM (" + sql + ") AS q(" + String.join(", ", names) + ")";
  }

  @FunctionalInterface
  private interface Work<T> {
    T run(String sql);
  }

  @FunctionalInterface
  private interface Attempt<T> {
    T run(PreparedQuery query, String sql);
  }

  /** Runs a query to its end. */
  private <T> T withFunctions(PreparedQuery query, Work<T> work) {
    return withWiderDecimals(
        query,
        (attempt, sql) -> {
          try (SparkFunctions.Lease functions = functions(attempt)) {
            return work.run(sql);
          }
        });
  }

  /** The functions of Spark's code that DuckDB knows. */
  SparkFunctions sparkFunctions() {
    return duckDb().functions();
  }

  private SparkFunctions.Lease functions(PreparedQuery query) {
    return duckDb().functions().lease(query.functions(), frontEnd.conf());
  }

  /** Runs a query; decimals that overflow 64 bits are worked out again with 128. */
  private <T> T withWiderDecimals(PreparedQuery query, Attempt<T> work) {
    String sql =
        query
            .engineSql()
            .orElseThrow(
                () -> new IllegalStateException("the query is left to Spark: " + query.sql()));
    try {
      return work.run(query, sql);
    } catch (EngineFailure e) {
      boolean narrow =
          e.reason() == EngineFailure.Reason.RAISED
              && e.getMessage().contains("Overflow")
              && e.getMessage().contains("DECIMAL(18)");
      if (!narrow) {
        throw e;
      }
      PreparedQuery wide =
          prepared(query.sql(), query.parameters(), query.analysed(), List.of(), DecimalWidth.WIDE);
      return work.run(wide, wide.engineSql().orElseThrow());
    }
  }

  /** A view of how a query is run; Spark's phases do not need a translation. */
  public String explain(PreparedQuery query, ExplainMode mode) {
    return switch (mode) {
      case PARSED -> frontEnd.parse(query.sql()).treeString();
      case ANALYZED -> query.analysed().treeString();
      case OPTIMIZED -> frontEnd.optimise(query.analysed()).treeString();
      case DUCKDB ->
          withFunctions(
              query,
              sql ->
                  duckDb()
                      .query(
                          "EXPLAIN " + sql,
                          rows -> {
                            rows.next();
                            return rows.getString(2);
                          }));
    };
  }

  /**
   * How many bytes a translated query holds at once, in memory and spilled to disk; a guess that is
   * rather too low.
   */
  public long estimateWork(PreparedQuery query) {
    return withFunctions(
        query,
        sql ->
            WorkEstimate.bytes(
                duckDb()
                    .query(
                        "EXPLAIN (FORMAT json) " + sql,
                        rows -> {
                          rows.next();
                          return rows.getString(2);
                        })));
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
    if (csv != null) {
      csv.cancel();
    }
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
