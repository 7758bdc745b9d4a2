package dev.kindling.spark.runner;

import dev.kindling.spark.protocol.Counters;
import dev.kindling.spark.protocol.Failure;
import dev.kindling.spark.protocol.JavaSchema;
import dev.kindling.spark.protocol.JavaView;
import dev.kindling.spark.protocol.Launch;
import dev.kindling.spark.protocol.Open;
import dev.kindling.spark.protocol.Outcome;
import dev.kindling.spark.protocol.Output;
import dev.kindling.spark.protocol.Query;
import dev.kindling.spark.protocol.Reach;
import dev.kindling.spark.protocol.Request;
import dev.kindling.spark.protocol.Result;
import dev.kindling.spark.protocol.SourceSpec;
import dev.kindling.spark.protocol.SqlView;
import dev.kindling.spark.protocol.Statement;
import dev.kindling.spark.protocol.View;
import dev.kindling.spark.protocol.Wire;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalog.Database;
import org.apache.spark.sql.catalog.Table;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Runs requests, one at a time, on the thread that calls {@link #handle}. */
final class Handler {
  private static final String WARM_UP =
      "SELECT k % 3 AS g, sum(k), max(CAST(k AS STRING)) FROM VALUES 1, 2, 3 AS t(k) GROUP BY 1";

  private final Thread worker = Thread.currentThread();
  private final Launch launch;
  private final RunListener listener;

  /** Guards the two numbers below, and with them the interrupt of the worker. */
  private final Object cancelLock = new Object();

  private long running;
  private long cancelled;

  private SparkSession session;

  Handler(SparkSession session, Launch launch, Replies replies) {
    this.session = session;
    this.launch = launch;
    this.listener = new RunListener(session.sparkContext(), replies);
    session.sparkContext().addSparkListener(listener);
  }

  /**
   * Loads what the first query needs, on a thread of its own: nobody waits for it, and a query that
   * comes meanwhile finds the classes loaded already or shares the loading.
   */
  void warmUp() {
    SparkSession other = session.newSession();
    Thread warmer =
        new Thread(
            () -> {
              try {
                other.sql(WARM_UP).collectAsList();
              } catch (RuntimeException e) {
                // A cancelled query, or the end of the process, may take this one with it.
                System.err.println("Warming up ended early: " + e.getMessage());
              }
            },
            "warm-up");
    warmer.setDaemon(true);
    warmer.start();
  }

  /** Stops the request if it waits or runs. Called by another thread. */
  void cancel(long id) {
    synchronized (cancelLock) {
      cancelled = id;
      if (running == id) {
        listener.cancelJobs();
        worker.interrupt();
      }
    }
  }

  Outcome handle(Wire.Asked asked) {
    synchronized (cancelLock) {
      if (cancelled == asked.id()) {
        return cancelled();
      }
      running = asked.id();
    }
    long start = System.nanoTime();
    Optional<String> sql = sql(asked);
    Outcome outcome;
    listener.begin(asked.id());
    try {
      SparkSession.setActiveSession(session);
      session.sparkContext().setJobGroup(RunListener.group(asked.id()), "a request", true);
      Answer answer = answer(asked);
      Counters counters = listener.end();
      OptionalLong rows =
          isStaged(asked.request()) ? OptionalLong.of(listener.rowsWritten()) : answer.rows();
      outcome =
          new Result(
              answer.schema().json(),
              rows,
              answer.files(),
              answer.inline(),
              answer.truncated(),
              answer.sparkOnlyColumns(),
              (System.nanoTime() - start) / 1_000_000,
              counters);
    } catch (Throwable e) {
      listener.awaitTasks();
      listener.end();
      outcome = Failures.of(e, sql);
    }
    synchronized (cancelLock) {
      running = 0;
      // An interrupt belongs to this request: it must not reach the next one.
      boolean interrupted = Thread.interrupted();
      if (cancelled == asked.id() && (interrupted || outcome instanceof Failure)) {
        return cancelled();
      }
    }
    return outcome;
  }

  private Answer answer(Wire.Asked asked) throws Exception {
    if (asked.request() instanceof Open open) {
      return open(open);
    } else if (asked.request() instanceof Statement statement) {
      Dataset<Row> rows = sql(statement.sql(), statement.params());
      return Cells.inlineText(rows);
    } else if (asked.request() instanceof View view) {
      return view(view);
    } else if (asked.request() instanceof SqlView view) {
      Dataset<Row> rows = sql(view.sql(), view.params());
      rows.createOrReplaceTempView(quote(view.name()));
      return Answer.schemaOnly(rows.schema());
    } else if (asked.request() instanceof JavaSchema schema) {
      return Answer.schemaOnly(JavaTables.ofEmpty(session, schema).schema());
    } else if (asked.request() instanceof JavaView view) {
      org.apache.spark.sql.Dataset<Row> rows = JavaTables.ofViews(session, view);
      rows.createOrReplaceTempView(quote(view.name()));
      return Answer.schemaOnly(rows.schema());
    } else if (asked.request() instanceof Query query) {
      return query(query);
    } else if (asked.request() instanceof Reach reach) {
      return Answer.inline(
          new StructType(), Reachability.missing(session.sparkContext(), reach), false);
    }
    throw new IllegalStateException("Cannot handle " + asked.request().getClass());
  }

  private Answer open(Open open) throws AnalysisException {
    session.catalog().clearCache();
    dropEverything();
    session = session.newSession();
    SparkSession.setActiveSession(session);
    SparkSession.setDefaultSession(session);
    Map<String, String> conf = new HashMap<>(open.conf());
    // The context's own settings are in force already: asking for them again is not a change.
    launch.conf().forEach(conf::remove);
    conf.forEach(session.conf()::set);
    return Answer.schemaOnly(new StructType());
  }

  /** The catalog belongs to the process: what one session created there must not meet the next. */
  private void dropEverything() throws AnalysisException {
    session.sql("USE spark_catalog.default").collectAsList();
    for (Database database : session.catalog().listDatabases().collectAsList()) {
      String name = quote(database.name());
      if (!database.name().equals("default")) {
        session.sql("DROP DATABASE IF EXISTS " + name + " CASCADE").collectAsList();
      }
    }
    for (Table table : session.catalog().listTables("default").collectAsList()) {
      if (!table.isTemporary()) {
        String kind = table.tableType().equals("VIEW") ? "VIEW" : "TABLE";
        session.sql("DROP " + kind + " IF EXISTS default." + quote(table.name())).collectAsList();
      }
    }
  }

  private Answer view(View view) {
    SourceSpec source = view.source();
    DataFrameReader reader = session.read().format(source.format()).options(source.options());
    if (source.schema().isPresent()) {
      reader = reader.schema(schema(source.schema().get()));
    }
    Dataset<Row> rows =
        source.paths().isEmpty()
            ? reader.load()
            : reader.load(source.paths().toArray(String[]::new));
    rows.createOrReplaceTempView(quote(view.name()));
    return Answer.schemaOnly(rows.schema());
  }

  private static StructType schema(String text) {
    return text.stripLeading().startsWith("{")
        ? (StructType) DataType.fromJson(text)
        : StructType.fromDDL(text);
  }

  private Answer query(Query query) throws IOException {
    Dataset<Row> rows = sql(query.sql(), query.params());
    if (query.limit().isPresent()) {
      rows = rows.limit(Math.toIntExact(Math.min(query.limit().getAsLong(), Integer.MAX_VALUE)));
    }
    if (query.output() instanceof Output.Staged staged) {
      return StagedFiles.write(session, rows, staged, listener::awaitTasks);
    } else if (query.output() instanceof Output.Text text) {
      return Cells.toFile(rows, text.file());
    } else if (query.output() instanceof Output.Inline inline) {
      return TypedRows.take(rows, inline.maxRows());
    }
    throw new IllegalStateException("Cannot handle " + query.output().getClass());
  }

  private Dataset<Row> sql(String sql, Map<String, String> params) {
    if (params.isEmpty()) {
      return session.sql(sql);
    }
    Map<String, Object> arguments = new HashMap<>();
    params.forEach((name, text) -> arguments.put(name, functions.expr(text)));
    return session.sql(sql, arguments);
  }

  private static boolean isStaged(Request request) {
    return request instanceof Query query && query.output() instanceof Output.Staged;
  }

  private static Optional<String> sql(Wire.Asked asked) {
    if (asked.request() instanceof Statement statement) {
      return Optional.of(statement.sql());
    } else if (asked.request() instanceof SqlView view) {
      return Optional.of(view.sql());
    } else if (asked.request() instanceof Query query) {
      return Optional.of(query.sql());
    }
    return Optional.empty();
  }

  private static String quote(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static Failure cancelled() {
    return new Failure(
        Failure.Kind.CANCELLED,
        Optional.empty(),
        Optional.empty(),
        "The query on Spark was cancelled.",
        Optional.empty(),
        List.of());
  }
}
