package dev.kindling.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Input files for tests. */
final class Data {
  private Data() {}

  /** Writes the rows of a DuckDB query as a Parquet file. */
  static Path parquet(Path file, String duckDbSql) throws IOException, SQLException {
    Files.createDirectories(file.getParent());
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (" + duckDbSql + ") TO '" + file + "' (FORMAT parquet)");
    }
    return file;
  }

  /** Writes a text file. */
  static Path text(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
