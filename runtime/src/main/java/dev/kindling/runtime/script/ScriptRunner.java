package dev.kindling.runtime.script;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kindling.embedded.EmbeddedOptions;
import dev.kindling.embedded.EmbeddedSession;
import dev.kindling.embedded.EngineFailure;
import dev.kindling.embedded.ExplainMode;
import dev.kindling.embedded.PreparedQuery;
import dev.kindling.embedded.RefusedSourceException;
import dev.kindling.embedded.RowCursor;
import dev.kindling.embedded.ScriptStatement;
import dev.kindling.embedded.Source;
import dev.kindling.embedded.SqlException;
import dev.kindling.embedded.Statement;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Position;
import dev.kindling.model.pipeline.SqlSource;
import dev.kindling.runtime.Engines;
import dev.kindling.runtime.Interruption;
import dev.kindling.runtime.NativeMarker;
import dev.kindling.runtime.RowSpool;
import dev.kindling.runtime.Rows;
import dev.kindling.runtime.Scratch;
import dev.kindling.runtime.SparkSide;
import dev.kindling.spark.protocol.Failure;
import dev.kindling.spark.protocol.Outcome;
import dev.kindling.spark.protocol.Output;
import dev.kindling.spark.protocol.Query;
import dev.kindling.spark.protocol.Result;
import dev.kindling.spark.protocol.SourceSpec;
import dev.kindling.spark.protocol.TextRows;
import dev.kindling.spark.protocol.View;
import dev.kindling.storage.FileErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Runs the statements of a script in order, each on the embedded engine where that gives Spark's
 * answer and on Spark elsewhere. Settings and temporary views hold on both: they are set here and
 * repeated to the Spark child when it starts.
 */
public final class ScriptRunner implements AutoCloseable {
  private static final Pattern LOOKS_ONLY =
      Pattern.compile("^\\s*(show|describe|desc|explain|list)\\b", Pattern.CASE_INSENSITIVE);

  private static final String ALL_OF = "SELECT * FROM ";

  private ScriptOptions options;
  private final ScriptListener listener;
  private final Scratch scratch = Scratch.temporary();
  private final EmbeddedSession embedded;
  private final SparkSide spark;
  private final Interruption.Registration interruption;

  private final SessionTables tables;
  // Statements that ran before the script that runs now.
  private int before;
  private volatile boolean cancelled;
  // Set once Spark ran a command: it may know tables that were never registered here.
  private boolean sparkKnowsMore;

  private ScriptRunner(ScriptOptions options, ScriptListener listener) {
    this.options = options;
    this.listener = listener;
    int threads = options.threads().orElse(Runtime.getRuntime().availableProcessors());
    this.embedded = open(options, threads, scratch);
    this.spark =
        new SparkSide(
            scratch.folder(),
            options.conf(),
            options.memoryBytes(),
            options.threads(),
            Optional.empty(),
            List::of);
    this.tables = new SessionTables(embedded);
    this.interruption = Interruption.onInterrupt(this::cancel);
  }

  private static EmbeddedSession open(ScriptOptions options, int threads, Scratch scratch) {
    try {
      return EmbeddedSession.open(
          new EmbeddedOptions(
              options.memoryBytes(), scratch.create().resolve("spill"), threads, options.conf()));
    } catch (RuntimeException e) {
      scratch.close();
      throw e;
    }
  }

  /**
   * Opens a session with the tables of the options.
   *
   * @throws KindlingException when a table cannot be read, or a setting is not valid
   */
  public static ScriptRunner open(ScriptOptions options, ScriptListener listener) {
    ScriptRunner runner =
        new ScriptRunner(
            requireNonNull(options, "options is null"),
            requireNonNull(listener, "listener is null"));
    try {
      options.tables().forEach(runner::registerTable);
    } catch (RuntimeException e) {
      runner.close();
      throw e;
    }
    return runner;
  }

  /**
   * Runs all statements; the first one that fails ends the script.
   *
   * @param origin what the script is called in messages: a file, or {@code -e}
   * @throws KindlingException SQL_INVALID where Spark refuses a statement, SPARK_ERROR where
   *     running it fails
   */
  public void run(String script, Path origin) {
    cancelled = false;
    List<ScriptStatement> statements = EmbeddedSession.split(script);
    SqlSource source = SqlSource.ofFile(origin, script);
    int crashed = crashedStatement();
    if (options.engine() == Engine.SPARK || (statements.size() > 1 && needsSpark(statements))) {
      spark.startEarly();
    }
    for (int i = 0; i < statements.size(); i++) {
      before++;
      try {
        new Step(before, statements.get(i), source, crashed).run();
      } catch (KindlingException e) {
        listener.failed(before, e);
        throw e;
      }
      throwIfCancelled();
    }
  }

  private void throwIfCancelled() {
    if (cancelled || Interruption.requested()) {
      throw new KindlingException(ErrorCode.INTERRUPTED, "Interrupted.");
    }
  }

  /** Whether a script ends with a whole statement, so that what follows it is another one. */
  public static boolean isComplete(String script) {
    return EmbeddedSession.isComplete(script);
  }

  // A script in which a command is bound for Spark lets it warm up while earlier statements run.
  private boolean needsSpark(List<ScriptStatement> statements) {
    if (options.engine() != Engine.AUTO) {
      return false;
    }
    for (ScriptStatement statement : statements) {
      try {
        if (embedded.parse(statement.text()) instanceof Statement.Other) {
          return true;
        }
      } catch (SqlException e) {
        // The statement's own turn reports it, after the results of those before it.
        return false;
      }
    }
    return false;
  }

  /** Runs the statements that follow on another engine. */
  public void useEngine(Engine engine) {
    options = options.withEngine(engine);
  }

  /** The engine that the user chose, perhaps {@code AUTO}. */
  public Engine engine() {
    return options.engine();
  }

  /** Stops the statement that runs, from any thread; the session goes on. */
  public void cancel() {
    cancelled = true;
    embedded.cancel();
    spark.cancel();
  }

  /** The tables and views that were made known here, sorted; may be asked from any thread. */
  public List<String> tables() {
    return tables.names();
  }

  /** The words that Spark SQL knows: keywords in upper case, functions in lower case; sorted. */
  public List<String> words() {
    return embedded.words();
  }

  /** Does once what the first statement would wait for. */
  public void warm() {
    embedded.words();
    embedded.prepare("SELECT 1", Map.of());
  }

  /** Makes the tables of a pipeline known; each is looked at when a statement first reads it. */
  public void addTables(Pipeline pipeline) {
    new PipelineTables(pipeline, options.params(), embedded, spark, scratch, tables).offerAll();
  }

  /**
   * The columns of a table or of a path such as {@code parquet.`data/orders`}.
   *
   * @throws KindlingException SQL_INVALID when there is no such table
   */
  public List<ResultColumn> columns(String table) {
    cancelled = false;
    String sql = ALL_OF + table;
    Optional<List<ResultColumn>> here = columnsHere(table);
    if (here.isPresent()) {
      return here.get();
    }
    if (options.engine() == Engine.EMBEDDED) {
      throw Engines.refused("The table '" + table + "'", List.of("only Spark reads it"));
    }
    Query query = new Query(sql, options.params(), new Output.Inline(0), OptionalLong.of(0));
    return Columns.ofJson(SparkSide.orThrow(spark.ask(query)).schemaJson());
  }

  /** Like {@link #columns}; empty where only Spark can tell, which is not asked. */
  public Optional<List<ResultColumn>> columnsHere(String table) {
    String sql = ALL_OF + table;
    try {
      Set<String> references = embedded.references(sql);
      tables.open(references);
      if (tables.reasonsForSpark(references).isEmpty()) {
        return Optional.of(Columns.of(embedded.prepare(sql, options.params()).schema()));
      }
    } catch (RefusedSourceException e) {
      tables.refused(e.table(), e.refusals());
    } catch (SqlException e) {
      if (!sparkKnowsMore) {
        throw new KindlingException(Engines.code(e), Engines.withoutPlace(e.getMessage()), e);
      }
    }
    return Optional.empty();
  }

  /**
   * Which engine would run a query, how, and why.
   *
   * @throws KindlingException SQL_INVALID when Spark refuses it
   */
  public String plan(String sql) {
    try {
      if (!(embedded.parse(sql) instanceof Statement.Query)) {
        return onSpark(List.of("only queries run on the embedded engine"));
      }
      if (options.engine() == Engine.SPARK) {
        return onSpark(List.of("it was chosen with '.engine spark' or '--engine spark'"));
      }
      Set<String> references = embedded.references(sql);
      tables.open(references);
      List<String> foreign = tables.reasonsForSpark(references);
      if (!foreign.isEmpty()) {
        return onSpark(foreign);
      }
      PreparedQuery query = embedded.prepare(sql, options.params());
      return query.translated()
          ? "engine: embedded\n" + embedded.explain(query, ExplainMode.DUCKDB).strip()
          : onSpark(SessionTables.texts(query.refusals()));
    } catch (RefusedSourceException e) {
      return onSpark(SessionTables.texts(e.refusals()));
    } catch (SqlException e) {
      throw new KindlingException(Engines.code(e), Engines.withoutPlace(e.getMessage()), e);
    }
  }

  private static String onSpark(List<String> reasons) {
    return "engine: spark\n  " + String.join("\n  ", reasons);
  }

  private int crashedStatement() {
    Optional<String> crashed = options.marker().crashedIn();
    if (crashed.isEmpty()) {
      return 0;
    }
    int statement = Integer.parseInt(crashed.get().replaceFirst("^statement ", ""));
    listener.talk(
        "The native engine crashed in statement "
            + statement
            + "; Spark runs this statement instead.");
    return statement;
  }

  // Its files are looked at when a statement first reads it: a folder may hold many tables.
  private void registerTable(String name, Path path) {
    String format = DataFiles.format(path);
    if (format.equals(DataFiles.PARQUET)) {
      tables.define(name, () -> embedded.offer(name, new Source.Parquet(path)));
    } else {
      tables.leaveToSpark(name, onlyOnSpark(name, format));
    }
    List<String> paths = List.of(path.toAbsolutePath().toString());
    spark.change(new View(name, new SourceSpec(format, paths, Optional.empty(), Map.of())));
  }

  private static List<String> onlyOnSpark(String table, String format) {
    return List.of(
        "SOURCE_NOT_SUPPORTED  %s: the embedded engine reads Parquet, and CSV with a declared schema, not this %s source"
            .formatted(table, format));
  }

  @Override
  public void close() {
    interruption.close();
    try {
      spark.close();
    } finally {
      try {
        embedded.close();
      } finally {
        scratch.close();
      }
    }
  }

  /** One statement on its way. */
  private final class Step {
    private final int number;
    private final ScriptStatement text;
    private final SqlSource source;
    private final boolean nativelyCrashed;
    // Results of statements before the crash were printed by the process that crashed.
    private final boolean alreadyShown;
    private Guarantees guarantees = Guarantees.UNORDERED;

    Step(int number, ScriptStatement text, SqlSource source, int crashed) {
      this.number = number;
      this.text = text;
      this.source = source;
      this.nativelyCrashed = number == crashed;
      this.alreadyShown = number < crashed;
    }

    void run() {
      Statement statement;
      try {
        statement = embedded.parse(text.text());
      } catch (SqlException e) {
        throw invalid(e);
      }
      // Java 17 has no switch over sealed types.
      if (statement instanceof Statement.Query) {
        if (!alreadyShown) {
          query();
        }
      } else if (statement instanceof Statement.SetConf set) {
        set(set);
      } else if (statement instanceof Statement.Reset reset) {
        reset(reset);
      } else if (statement instanceof Statement.CreateTempView create) {
        createView(create);
      } else if (statement instanceof Statement.CreateTempViewUsing create) {
        createViewUsing(create);
      } else if (statement instanceof Statement.DropView drop) {
        dropView(drop);
      } else if (statement instanceof Statement.Other other) {
        if (alreadyShown) {
          throw new KindlingException(
              ErrorCode.SPARK_ERROR,
              place()
                  + ": The native engine crashed in a later statement. This command has run already"
                  + " and may not be repeatable, so the script cannot go on by itself. Check what it"
                  + " changed, then run the rest with '--engine spark'.");
        }
        command(List.of(other.what() + " is a command, and Spark runs commands"));
      }
    }

    private void query() {
      tables.open(references());
      if (options.engine() == Engine.SPARK) {
        queryOnSpark(List.of());
        return;
      }
      List<String> foreign = foreignReasons();
      if (!foreign.isEmpty()) {
        queryOnSpark(foreign);
        return;
      }
      PreparedQuery query;
      try {
        query = embedded.prepare(text.text(), options.params());
      } catch (RefusedSourceException e) {
        tables.refused(e.table(), e.refusals());
        queryOnSpark(SessionTables.texts(e.refusals()));
        return;
      } catch (SqlException e) {
        if (sparkKnowsMore) {
          queryOnSpark(List.of("it reads what a command on Spark may have made"));
          return;
        }
        throw invalid(e);
      }
      guarantees =
          new Guarantees(
              query.orderedBy(), query.limited(), query.reassociated(), query.mayDiffer());
      if (nativelyCrashed) {
        queryOnSpark(List.of("the native engine crashed in it"));
      } else if (!query.translated()) {
        queryOnSpark(SessionTables.texts(query.refusals()));
      } else {
        queryHere(query);
      }
    }

    private void queryHere(PreparedQuery query) {
      throwIfCancelled();
      NativeMarker marker = options.marker();
      List<ResultColumn> columns = Columns.of(query.schema());
      try (RowSpool spool = new RowSpool(scratch.folder(), columns.size())) {
        boolean more = false;
        marker.enter("statement " + number);
        try (RowCursor cursor = embedded.rows(query)) {
          long limit = options.maxRows().orElse(Long.MAX_VALUE);
          while (cursor.next()) {
            if (spool.count() == limit) {
              more = true;
              break;
            }
            spool.add(cells(cursor, columns.size()));
          }
        } finally {
          marker.leave();
        }
        show(Engine.EMBEDDED, columns, spool, more);
      } catch (EngineFailure e) {
        if (e.reason() == EngineFailure.Reason.CANCELLED) {
          throwIfCancelled();
        }
        String reason = Engines.reasonForSpark(e);
        if (options.engine() == Engine.EMBEDDED) {
          throw new KindlingException(
              ErrorCode.SPARK_ERROR,
              place() + ": " + reason + " With '--engine auto' Spark runs it again.",
              e);
        }
        queryOnSpark(List.of(reason));
      }
    }

    private String[] cells(RowCursor cursor, int columns) {
      String[] cells = new String[columns];
      for (int c = 0; c < columns; c++) {
        String cell = cursor.text(c);
        // The text of SQL's NULL is also the text of a string that says so.
        cells[c] = cell.equals("NULL") && cursor.value(c) == null ? null : cell;
      }
      return cells;
    }

    private void queryOnSpark(List<String> reasons) {
      throwIfCancelled();
      goesToSpark(reasons);
      Path file = scratch.create().resolve("statement-" + number + ".rows");
      OptionalLong limit =
          options.maxRows().isPresent()
              ? OptionalLong.of(options.maxRows().getAsLong() + 1)
              : OptionalLong.empty();
      Result result =
          answer(spark.ask(new Query(text.text(), options.params(), new Output.Text(file), limit)));
      List<ResultColumn> columns = Columns.ofJson(result.schemaJson());
      try (RowSpool spool = new RowSpool(scratch.folder(), columns.size());
          TextRows rows = TextRows.open(file)) {
        boolean more = false;
        while (rows.hasNext()) {
          List<Optional<String>> row = rows.next();
          if (spool.count() == options.maxRows().orElse(Long.MAX_VALUE)) {
            more = true;
            break;
          }
          spool.add(row.stream().map(cell -> cell.orElse(null)).toArray(String[]::new));
        }
        show(Engine.SPARK, columns, spool, more);
      } catch (IOException e) {
        throw FileErrors.translate(e, "read the rows of Spark", file);
      } finally {
        Scratch.delete(file);
      }
    }

    private void command(List<String> reasons) {
      tables.openAll();
      goesToSpark(reasons);
      boolean looksOnly = LOOKS_ONLY.matcher(text.text()).find();
      sparkKnowsMore |= !looksOnly;
      Result result =
          answer(
              spark.ask(new dev.kindling.spark.protocol.Statement(text.text(), options.params())));
      if (options.engine() != Engine.SPARK && !looksOnly) {
        tables.defineAllAgain();
      }
      List<ResultColumn> columns = columns(result);
      if (columns.isEmpty()) {
        return;
      }
      try (RowSpool spool = new RowSpool(scratch.folder(), columns.size())) {
        for (List<JsonNode> row : result.inline()) {
          String[] cells = new String[columns.size()];
          for (int c = 0; c < row.size(); c++) {
            cells[c] = row.get(c).isNull() ? null : row.get(c).asText();
          }
          spool.add(cells);
        }
        show(Engine.SPARK, columns, spool, false);
      }
    }

    // spark-sql prints some commands, such as SHOW TABLES, with fewer cells than columns.
    private static List<ResultColumn> columns(Result result) {
      List<ResultColumn> columns = Columns.ofJson(result.schemaJson());
      boolean fit = result.inline().stream().allMatch(row -> row.size() == columns.size());
      if (fit) {
        return columns;
      }
      int cells = result.inline().stream().mapToInt(List::size).max().orElse(0);
      List<ResultColumn> plain = new ArrayList<>();
      for (int c = 0; c < cells; c++) {
        plain.add(
            new ResultColumn(
                cells == 1 ? "result" : "result_" + (c + 1), "STRING", ResultColumn.Kind.TEXT));
      }
      return plain;
    }

    private void goesToSpark(List<String> reasons) {
      if (options.engine() == Engine.SPARK) {
        return;
      }
      if (options.engine() == Engine.EMBEDDED) {
        throw Engines.refused(place() + ": This statement", reasons);
      }
      listener.talk("Statement " + number + " runs on Spark: " + String.join("; ", reasons));
    }

    private void set(Statement.SetConf set) {
      if (set.value().isEmpty()) {
        // Only Spark knows the defaults of all its settings.
        if (!alreadyShown) {
          command(List.of("only Spark knows all settings and their defaults"));
        }
        return;
      }
      embedded.setConf(set.key(), set.value().get());
      spark.change(new dev.kindling.spark.protocol.Statement(text.text()));
      try (RowSpool spool = new RowSpool(scratch.folder(), 2)) {
        spool.add(new String[] {set.key(), set.value().get()});
        show(
            Engine.EMBEDDED,
            List.of(
                new ResultColumn("key", "STRING", ResultColumn.Kind.TEXT),
                new ResultColumn("value", "STRING", ResultColumn.Kind.TEXT)),
            spool,
            false);
      }
    }

    private void reset(Statement.Reset reset) {
      Set<String> keys =
          reset.key().isPresent() ? Set.of(reset.key().get()) : embedded.conf().keySet();
      for (String key : Set.copyOf(keys)) {
        embedded.unsetConf(key);
        // What the command line sets is this session's default.
        if (options.conf().containsKey(key)) {
          embedded.setConf(key, options.conf().get(key));
        }
      }
      spark.change(new dev.kindling.spark.protocol.Statement(text.text()));
    }

    private void createView(Statement.CreateTempView create) {
      if (options.engine() == Engine.SPARK) {
        command(List.of());
        return;
      }
      checkNew(create.name(), create.replace());
      tables.open(references());
      List<String> foreign = foreignReasons();
      if (foreign.isEmpty()) {
        try {
          tables.define(
              create.name(),
              () -> {
                embedded.registerView(
                    create.name(), embedded.prepare(create.querySql(), options.params()));
                tables.accepted(create.name());
              });
        } catch (RefusedSourceException e) {
          tables.refused(e.table(), e.refusals());
          foreign = SessionTables.texts(e.refusals());
        } catch (SqlException e) {
          if (!sparkKnowsMore) {
            throw invalid(e);
          }
          foreign = List.of("it reads what a command on Spark may have made");
        }
      }
      if (!foreign.isEmpty()) {
        tables.leaveToSpark(create.name(), foreign);
      }
      spark.change(new dev.kindling.spark.protocol.Statement(text.text(), options.params()));
    }

    private void createViewUsing(Statement.CreateTempViewUsing create) {
      if (options.engine() == Engine.SPARK) {
        command(List.of());
        return;
      }
      checkNew(create.name(), create.replace());
      Optional<Source> source = source(create);
      if (source.isPresent()) {
        tables.register(create.name(), source.get());
      } else {
        tables.leaveToSpark(create.name(), onlyOnSpark(create.name(), create.format()));
      }
      spark.change(new dev.kindling.spark.protocol.Statement(text.text()));
    }

    private Optional<Source> source(Statement.CreateTempViewUsing create) {
      Map<String, String> rest = new LinkedHashMap<>(create.options());
      Optional<String> path = Optional.ofNullable(rest.remove("path"));
      if (path.isEmpty()) {
        return Optional.empty();
      }
      boolean local = !path.get().matches("[A-Za-z][A-Za-z0-9+.-]+://.*");
      String format = create.format().toLowerCase(Locale.ROOT);
      if (format.equals("parquet") && rest.isEmpty() && create.ddl().isEmpty() && local) {
        return Optional.of(new Source.Parquet(Path.of(path.get())));
      }
      if (format.equals("csv") && create.ddl().isPresent() && local) {
        return Optional.of(
            new Source.Csv(
                Path.of(path.get()), create.ddl().get(), rest, Source.BadRecords.PERMISSIVE));
      }
      return Optional.empty();
    }

    private void dropView(Statement.DropView drop) {
      if (options.engine() == Engine.SPARK || !tables.has(drop.name())) {
        command(List.of("only Spark knows '" + drop.name() + "'"));
        return;
      }
      tables.forget(drop.name());
      spark.change(new dev.kindling.spark.protocol.Statement(text.text()));
    }

    private void checkNew(String name, boolean replace) {
      if (!replace && tables.has(name)) {
        throw new KindlingException(
            ErrorCode.SQL_INVALID,
            place()
                + ": [TEMP_TABLE_OR_VIEW_ALREADY_EXISTS] Cannot create the temporary view `"
                + name
                + "` because it already exists. Drop it first, or write CREATE OR REPLACE"
                + " TEMPORARY VIEW.");
      }
    }

    // Why the statement cannot be understood here: it reads a name that only Spark knows.
    private List<String> foreignReasons() {
      return tables.reasonsForSpark(references());
    }

    private Set<String> references() {
      try {
        return embedded.references(text.text());
      } catch (SqlException e) {
        throw invalid(e);
      }
    }

    private void show(Engine engine, List<ResultColumn> columns, Rows rows, boolean truncated) {
      if (!alreadyShown) {
        listener.result(new StatementResult(number, engine, columns, rows, truncated, guarantees));
      }
    }

    private Result answer(Outcome outcome) {
      if (outcome instanceof Failure failure && failure.isUserError()) {
        KindlingException e = failure.toException();
        OptionalInt line =
            failure.position().isPresent()
                ? OptionalInt.of(failure.position().get().line())
                : OptionalInt.empty();
        OptionalInt column =
            failure.position().isPresent()
                ? OptionalInt.of(failure.position().get().column())
                : OptionalInt.empty();
        throw new KindlingException(
            e.code(), at(line, column) + ": " + Engines.withoutPlace(e.getMessage()), e);
      }
      return SparkSide.orThrow(outcome);
    }

    private KindlingException invalid(SqlException e) {
      return new KindlingException(
          ErrorCode.SQL_INVALID,
          at(e.line(), e.column()) + ": " + Engines.withoutPlace(e.getMessage()),
          e);
    }

    private Position place() {
      return at(OptionalInt.empty(), OptionalInt.empty());
    }

    // A statement's own lines and columns start where it starts in the script.
    private Position at(OptionalInt line, OptionalInt column) {
      int inStatement = line.orElse(1);
      int inLine = column.orElse(1);
      return source.at(
          text.line() + inStatement - 1, inStatement == 1 ? text.column() + inLine - 1 : inLine);
    }
  }
}
