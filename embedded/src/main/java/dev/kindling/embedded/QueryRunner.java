package dev.kindling.embedded;

import dev.kindling.embedded.frontend.SqlFrontEnd;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Runs translated queries in DuckDB: for their rows, into tables, into files. */
final class QueryRunner {
  private final SqlFrontEnd frontEnd;
  private final Supplier<DuckDb> duckDb;
  private final UnaryOperator<PreparedQuery> widened;
  private int temporaryTables;

  /**
   * Makes a runner.
   *
   * @param widened the same query with decimals of 128 bits
   */
  QueryRunner(SqlFrontEnd frontEnd, Supplier<DuckDb> duckDb, UnaryOperator<PreparedQuery> widened) {
    this.frontEnd = frontEnd;
    this.duckDb = duckDb;
    this.widened = widened;
  }

  /** Runs a translated query into a table of this process, from which parts can be read. */
  SpooledRows spool(PreparedQuery query) {
    String table = "kindling_spool_" + (++temporaryTables);
    return withFunctions(
        query,
        sql -> {
          Rows.check(duckDb.get(), sql, query.schema());
          return SpooledRows.fill(
              duckDb.get(),
              table,
              positional(sql, query.schema()),
              query.schema(),
              frontEnd.conf().sessionLocalTimeZone());
        });
  }

  /** Runs a translated query; the caller closes the cursor. */
  RowCursor rows(PreparedQuery query) {
    return withWiderDecimals(
        query,
        (attempt, sql) -> {
          SparkFunctions.Lease functions = functions(attempt);
          try {
            return Rows.open(
                duckDb.get(),
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
  WriteResult writeParquet(
      PreparedQuery query, Path folder, List<String> partitionBy, Map<String, String> options) {
    return withFunctions(
        query,
        sql -> {
          Rows.check(duckDb.get(), sql, query.schema());
          return RowFunction.keepRows(
              duckDb.get(),
              sql,
              query.ordered(),
              () ->
                  new ParquetWriter(duckDb.get())
                      .write(
                          named(sql, query.schema()),
                          query.schema(),
                          folder,
                          partitionBy,
                          options));
        });
  }

  /** Runs a translated query into a table of this process, and makes that known by name. */
  void materialise(String name, PreparedQuery query) {
    String table = "kindling_table_" + (++temporaryTables);
    withFunctions(
        query,
        sql -> {
          Rows.check(duckDb.get(), sql, query.schema());
          return RowFunction.keepRows(
              duckDb.get(),
              sql,
              query.ordered(),
              () -> {
                duckDb
                    .get()
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

  private SparkFunctions.Lease functions(PreparedQuery query) {
    return duckDb.get().functions().lease(query.functions(), frontEnd.conf());
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
      PreparedQuery wide = widened.apply(query);
      return work.run(wide, wide.engineSql().orElseThrow());
    }
  }

  /** A view of how a query is run; Spark's phases do not need a translation. */
  String explain(PreparedQuery query, ExplainMode mode) {
    return switch (mode) {
      case PARSED -> frontEnd.parse(query.sql()).treeString();
      case ANALYZED -> query.analysed().treeString();
      case OPTIMIZED -> frontEnd.optimise(query.analysed()).treeString();
      case DUCKDB ->
          withFunctions(
              query,
              sql ->
                  duckDb
                      .get()
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
  long estimateWork(PreparedQuery query) {
    return withFunctions(
        query,
        sql ->
            WorkEstimate.bytes(
                duckDb
                    .get()
                    .query(
                        "EXPLAIN (FORMAT json) " + sql,
                        rows -> {
                          rows.next();
                          return rows.getString(2);
                        })));
  }
}
