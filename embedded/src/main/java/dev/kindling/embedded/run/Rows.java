package dev.kindling.embedded.run;

import dev.kindling.embedded.EngineFailure;
import dev.kindling.embedded.RowCursor;
import dev.kindling.embedded.types.DuckTypes;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.ZoneId;
import org.apache.spark.sql.types.StructType;

/** Opens queries whose rows are read one by one. */
public final class Rows {
  private Rows() {}

  /**
   * Starts a query and checks that its columns have the types that Spark gives them.
   *
   * @param zone the session's time zone, for the text of timestamps
   * @param atEnd what to do when the cursor is closed
   */
  public static RowCursor open(
      DuckDb duckDb, String sql, StructType schema, String zone, Runnable atEnd) {
    ResultSet rows = duckDb.open(sql);
    try {
      check(rows.getMetaData(), schema);
    } catch (SQLException e) {
      throw Failures.translate(e);
    }
    return new JdbcCursor(duckDb, rows, schema, ZoneId.of(zone, ZoneId.SHORT_IDS), atEnd);
  }

  /** Checks, without running a query, that its columns have the types that Spark gives them. */
  public static void check(DuckDb duckDb, String sql, StructType schema) {
    try (PreparedStatement statement = duckDb.connection().prepareStatement(sql)) {
      check(statement.getMetaData(), schema);
    } catch (SQLException e) {
      throw Failures.translate(e);
    }
  }

  private static void check(ResultSetMetaData columns, StructType schema) throws SQLException {
    for (int i = 0; i < schema.length(); i++) {
      String expected = DuckTypes.of(schema.fields()[i].dataType()).orElseThrow();
      String found = columns.getColumnTypeName(i + 1);
      boolean same =
          found.equals("TIMESTAMP WITH TIME ZONE")
              ? expected.equals("TIMESTAMPTZ")
              : found.replace(", ", ",").equals(expected.replace(", ", ","))
                  || !DuckTypes.isAtomic(schema.fields()[i].dataType());
      if (!same) {
        throw new EngineFailure(
            EngineFailure.Reason.INTERNAL,
            "column %s is %s, not %s".formatted(schema.fields()[i].name(), found, expected),
            null);
      }
    }
  }
}
