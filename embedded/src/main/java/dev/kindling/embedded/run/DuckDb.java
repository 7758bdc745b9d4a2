package dev.kindling.embedded.run;

import dev.kindling.embedded.EmbeddedOptions;
import dev.kindling.embedded.EngineFailure;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.sql.SqlPrinter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.duckdb.DuckDBConnection;
import org.duckdb.QueryProgress;

/** One DuckDB instance in this process, set up so that it can only do what Spark would do. */
public final class DuckDb implements AutoCloseable {
  /** What several functions of Spark need, in the very formulas that Spark has. */
  private static final List<String> MACROS =
      List.of(
          // The sorted values at the two places around a fraction, and their weighted mean.
          """
          CREATE OR REPLACE TEMP MACRO kindling_between(xs, place) AS
            CASE WHEN floor(place) = ceil(place) OR xs[ceil(place)::BIGINT + 1] = xs[floor(place)::BIGINT + 1]
              THEN xs[floor(place)::BIGINT + 1]
              ELSE (ceil(place) - place) * xs[floor(place)::BIGINT + 1]
                + (place - floor(place)) * xs[ceil(place)::BIGINT + 1] END
          """,
          """
          CREATE OR REPLACE TEMP MACRO kindling_percentile(xs, p) AS
            kindling_between(xs, (len(xs) - 1)::DOUBLE * p)
          """,
          """
          CREATE OR REPLACE TEMP MACRO kindling_percentile_disc(xs, p) AS
            xs[greatest(1, ceil(len(xs)::DOUBLE * p)::BIGINT)]
          """,
          "CREATE OR REPLACE TEMP MACRO kindling_mode_least(entries) AS list_sort(list_transform("
              + "entries, lambda kindling_e: struct_pack(n := -(kindling_e.value::BIGINT), k := kindling_e.key)))[1].k",
          "CREATE OR REPLACE TEMP MACRO kindling_mode_greatest(entries) AS list_reverse_sort("
              + "list_transform(entries, lambda kindling_e: struct_pack(n := kindling_e.value, k := kindling_e.key)))[1].k",
          "CREATE OR REPLACE TEMP MACRO kindling_moment(xs, k) AS list_sum(list_transform(xs,"
              + " lambda kindling_x: (kindling_x - list_avg(xs)) ** k))",
          // A list that is itself worked out by a lambda must not stand within another one.
          """
          CREATE OR REPLACE TEMP MACRO kindling_skewness(xs) AS list_transform([xs],
            lambda kindling_all: CASE WHEN kindling_moment(kindling_all, 2) <> 0
              THEN sqrt(len(kindling_all)) * kindling_moment(kindling_all, 3)
                / sqrt(kindling_moment(kindling_all, 2) ** 3) END)[1]
          """,
          """
          CREATE OR REPLACE TEMP MACRO kindling_kurtosis(xs) AS list_transform([xs],
            lambda kindling_all: CASE WHEN kindling_moment(kindling_all, 2) <> 0
              THEN len(kindling_all) * kindling_moment(kindling_all, 4)
                / (kindling_moment(kindling_all, 2) ** 2) - 3 END)[1]
          """,
          // The lowest 64 bits of a whole number, as Java's long has them.
          """
          CREATE OR REPLACE TEMP MACRO kindling_wrap_64(n) AS
            CASE WHEN n BETWEEN -9223372036854775808 AND 9223372036854775807 THEN n::BIGINT
              ELSE ((((n + 9223372036854775808) % 18446744073709551616) + 18446744073709551616)
                % 18446744073709551616 - 9223372036854775808)::BIGINT END
          """);

  private final DuckDBConnection connection;
  private final SparkFunctions functions;
  private RowSources rowSources;
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
  private volatile Statement running;

  private DuckDb(DuckDBConnection connection) {
    this.connection = connection;
    this.functions = new SparkFunctions(connection);
  }

  /** Opens an instance in memory. */
  public static DuckDb open(EmbeddedOptions options) {
    Properties properties = new Properties();
    // Nothing is ever fetched from the network on its own.
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    properties.setProperty("threads", Integer.toString(options.threads()));
    properties.setProperty("temp_directory", options.spillFolder().toAbsolutePath().toString());
    options
        .memoryBytes()
        .ifPresent(bytes -> properties.setProperty("memory_limit", (bytes >> 20) + "MiB"));
    try {
      DuckDb db = new DuckDb(DuckDBConnection.newConnection("jdbc:duckdb:", false, "", properties));
      db.setUp();
      return db;
    } catch (SQLException e) {
      throw Failures.translate(e);
    }
  }

  private void setUp() {
    execute("SET enable_progress_bar = true");
    execute("SET enable_progress_bar_print = false");
    execute("SET error_on_division_by_zero = true");
    // The quotient of two whole numbers, rounded half away from zero, as BigDecimal's HALF_UP does.
    execute(
        """
        CREATE OR REPLACE TEMP MACRO kindling_half_up(n, d) AS
          CASE WHEN (n < 0) <> (d < 0)
            THEN -((2 * abs(n) + abs(d)) // (2 * abs(d)))
            ELSE (2 * abs(n) + abs(d)) // (2 * abs(d)) END
        """);
    MACROS.forEach(this::execute);
  }

  /**
   * Sets the session's time zone, by which TIMESTAMPTZ is read as dates and clock times.
   *
   * @param zone as Spark takes it
   * @return whether DuckDB knows the zone; it keeps the one before when not
   */
  public boolean timeZone(String zone) {
    ZoneId id = ZoneId.of(zone, ZoneId.SHORT_IDS);
    String name = id.getId();
    if (id.normalized() instanceof ZoneOffset offset) {
      name = offset.equals(ZoneOffset.UTC) ? "UTC" : "GMT" + offset.getId();
    }
    try {
      execute("SET TimeZone = " + SqlPrinter.print(Sql.string(name)));
      return true;
    } catch (EngineFailure e) {
      return false;
    }
  }

  public DuckDBConnection connection() {
    return connection;
  }

  /** The functions of Spark's own code. */
  public SparkFunctions functions() {
    return functions;
  }

  /** The rows of Java code that queries read by a number. */
  public RowSources rowSources() {
    if (rowSources == null) {
      rowSources = new RowSources(this);
    }
    return rowSources;
  }

  /** Runs a statement that gives no rows, or whose rows do not matter. */
  public void execute(String sql) {
    run(statement -> statement.execute(sql));
  }

  /** What to do with a statement's result set while it is open. */
  @FunctionalInterface
  public interface RowsReader<T> {
    T read(ResultSet rows) throws SQLException;
  }

  /** Runs a query and reads its rows at once. */
  public <T> T query(String sql, RowsReader<T> reader) {
    return run(
        statement -> {
          try (ResultSet rows = statement.executeQuery(sql)) {
            return reader.read(rows);
          }
        });
  }

  /** Opens a query whose rows are read one by one; the cursor closes it. */
  public ResultSet open(String sql) {
    try {
      Statement statement = connection.createStatement();
      statement.closeOnCompletion();
      running = statement;
      return statement.executeQuery(sql);
    } catch (SQLException e) {
      throw translate(e);
    }
  }

  /** Says why Java code that DuckDB calls gives up: the error that its caller is to see. */
  void failing(RuntimeException e) {
    failure.compareAndSet(null, e);
  }

  /** The error of a statement that failed. */
  RuntimeException translate(SQLException e) {
    RuntimeException own = failure.getAndSet(null);
    return own == null ? Failures.translate(e) : own;
  }

  @FunctionalInterface
  private interface Work<T> {
    T run(Statement statement) throws SQLException;
  }

  private <T> T run(Work<T> work) {
    try (Statement statement = connection.createStatement()) {
      running = statement;
      return work.run(statement);
    } catch (SQLException e) {
      throw translate(e);
    } finally {
      running = null;
    }
  }

  /** Stops what runs now, from any thread; it then fails as cancelled. */
  public void cancel() {
    Statement statement = running;
    if (statement != null) {
      try {
        statement.cancel();
      } catch (SQLException e) {
        throw new EngineFailure(EngineFailure.Reason.INTERNAL, e.getMessage(), e);
      }
    }
  }

  /** How far the running statement is, from 0 to 1; empty when nothing runs or it cannot tell. */
  public OptionalDouble progress() {
    if (running instanceof org.duckdb.DuckDBPreparedStatement statement) {
      try {
        QueryProgress progress = statement.getQueryProgress();
        double percent = progress.getPercentage();
        return percent >= 0 ? OptionalDouble.of(percent / 100) : OptionalDouble.empty();
      } catch (SQLException e) {
        return OptionalDouble.empty();
      }
    }
    return OptionalDouble.empty();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw Failures.translate(e);
    }
  }
}
