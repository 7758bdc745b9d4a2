package dev.kindling.embedded.run;

import static java.util.Objects.requireNonNull;

import dev.kindling.embedded.RowCursor;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of a query, kept by DuckDB, which spills them where they do not fit into memory. Parts
 * may be read by several threads at once, also while the session runs something else.
 */
public final class SpooledRows implements AutoCloseable {
  private final DuckDb duckDb;
  private final String table;
  private final StructType schema;
  private final ZoneId zone;
  private final long rows;

  private SpooledRows(DuckDb duckDb, String table, StructType schema, ZoneId zone, long rows) {
    this.duckDb = requireNonNull(duckDb, "duckDb is null");
    this.table = table;
    this.schema = schema;
    this.zone = zone;
    this.rows = rows;
  }

  /** Runs a query into a new table. */
  public static SpooledRows fill(
      DuckDb duckDb, String table, String sql, StructType schema, String zone) {
    duckDb.execute("CREATE TABLE " + table + " AS " + sql);
    long rows =
        duckDb.query(
            "SELECT count(*) FROM " + table,
            result -> {
              result.next();
              return result.getLong(1);
            });
    return new SpooledRows(duckDb, table, schema, ZoneId.of(zone, ZoneId.SHORT_IDS), rows);
  }

  public long rows() {
    return rows;
  }

  /**
   * Opens a part, in the order of the query's rows; the caller closes the cursor.
   *
   * @param from the first row's place, from 0
   * @param to the place behind the last row
   */
  public RowCursor open(long from, long to) {
    try {
      Connection connection = duckDb.connection().duplicate();
      Statement statement = connection.createStatement();
      ResultSet result =
          statement.executeQuery(
              "SELECT * FROM %s WHERE rowid >= %d AND rowid < %d ORDER BY rowid"
                  .formatted(table, from, to));
      return new JdbcCursor(duckDb, result, schema, zone, () -> close(connection));
    } catch (SQLException e) {
      throw Failures.translate(e);
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw Failures.translate(e);
    }
  }

  /** Forgets the rows. */
  @Override
  public void close() {
    try (Connection connection = duckDb.connection().duplicate();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS " + table);
    } catch (SQLException e) {
      throw Failures.translate(e);
    }
  }
}
