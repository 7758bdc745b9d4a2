package dev.kindling.bench.engine;

import java.nio.file.Path;
import java.time.Duration;

/**
 * An engine that answers SQL over Parquet files. It lives in its own process; to add one, implement
 * this and name it in {@link EngineKind}.
 */
public interface BenchEngine extends AutoCloseable {

  /** The product and its version, for the report. */
  String version();

  /** Makes the Parquet files in {@code folder} readable by this table name. */
  void register(String table, Path folder) throws Exception;

  /**
   * Runs one query and fetches every row. The times in the result end when the last row is in this
   * process's memory and do not include making text of the rows.
   */
  QueryResult run(String sql) throws Exception;

  /**
   * Reads CSV files without header and writes their rows as Parquet.
   *
   * @param csv a folder of files with fields parted by {@code |}
   * @param schema the columns as Spark's DDL
   * @param output a folder that does not exist yet
   * @return how long it took in a session that is open already
   */
  Duration convertCsv(Path csv, String schema, Path output) throws Exception;

  @Override
  void close() throws Exception;
}
