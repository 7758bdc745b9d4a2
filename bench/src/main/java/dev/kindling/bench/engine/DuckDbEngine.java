package dev.kindling.bench.engine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * DuckDB through JDBC with the SQL text as it is: what the machine can do when nobody asks for
 * Spark's answers.
 */
final class DuckDbEngine implements BenchEngine {
  private final Connection connection;
  private final String version;

  DuckDbEngine(EngineSettings settings) throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    execute("SET threads = " + settings.threads());
    execute("SET memory_limit = '" + (settings.memoryBytes() >> 20) + "MiB'");
    execute("SET temp_directory = " + literal(settings.scratch().toString()));
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT version()")) {
      row.next();
      version = "DuckDB " + row.getString(1);
    }
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public void register(String table, Path folder) throws SQLException {
    execute("CREATE VIEW " + table + " AS FROM " + EngineKind.DUCKDB.scan(folder));
  }

  @Override
  public QueryResult run(String sql) throws SQLException {
    long start = System.nanoTime();
    try (Statement statement = connection.createStatement();
        // Spark quotes names with what is an operator in DuckDB; both spellings name the same.
        ResultSet result = statement.executeQuery(sql.replace('`', '"'))) {
      ResultSetMetaData meta = result.getMetaData();
      int width = meta.getColumnCount();
      List<Object[]> fetched = new ArrayList<>();
      while (result.next()) {
        Object[] row = new Object[width];
        for (int column = 0; column < width; column++) {
          row[column] = result.getObject(column + 1);
        }
        fetched.add(row);
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      List<String> names = new ArrayList<>();
      List<String> types = new ArrayList<>();
      for (int column = 1; column <= width; column++) {
        names.add(meta.getColumnName(column));
        types.add(Values.sparkName(meta.getColumnTypeName(column)));
      }
      return new QueryResult(
          Optional.empty(),
          took,
          new ResultTable(names, types, fetched.stream().map(Values::texts).toList()),
          Optional.empty(),
          false);
    }
  }

  @Override
  public Duration convertCsv(Path csv, String schema, Path output) throws SQLException {
    long start = System.nanoTime();
    // Commas inside DECIMAL(15,2) do not part columns: a column starts after a comma and a space.
    String columns =
        Arrays.stream(schema.split(", "))
            .map(column -> column.split(" ", 2))
            .map(column -> literal(column[0]) + ": " + literal(column[1].replace("STRING", "TEXT")))
            .collect(Collectors.joining(", ", "{", "}"));
    execute(
        "COPY (FROM read_csv("
            + literal(csv + "/*.csv")
            + ", auto_detect = false, header = false, delim = '|', quote = '\"', columns = "
            + columns
            + ")) TO "
            + literal(output.toString())
            + " (FORMAT parquet, COMPRESSION snappy, PER_THREAD_OUTPUT true)");
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
