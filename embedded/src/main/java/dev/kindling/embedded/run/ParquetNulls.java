package dev.kindling.embedded.run;

import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.sql.SqlPrinter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How many NULLs the columns of Parquet files have, by what the files' footers say. */
public final class ParquetNulls {
  private ParquetNulls() {}

  /**
   * The NULLs of each column that is no array, map or structure. A column of which a footer does
   * not tell is left out.
   *
   * @param folder of this machine with the files, in and below it
   */
  public static Map<String, Long> count(DuckDb duckDb, Path folder) {
    List<String> files = files(folder);
    if (files.isEmpty()) {
      return Map.of();
    }
    String list = "[" + String.join(", ", files.stream().map(ParquetNulls::literal).toList()) + "]";
    return duckDb.query(
        "SELECT path_in_schema, sum(stats_null_count)::BIGINT FROM parquet_metadata("
            + list
            // Of a nested column, the footer names the leaves: one of several parts.
            + ") WHERE NOT contains(path_in_schema, ', ') GROUP BY path_in_schema"
            + " HAVING count(*) = count(stats_null_count) ORDER BY min(column_id)",
        rows -> {
          Map<String, Long> nulls = new LinkedHashMap<>();
          while (rows.next()) {
            nulls.put(rows.getString(1), rows.getLong(2));
          }
          return nulls;
        });
  }

  private static String literal(String text) {
    return SqlPrinter.print(Sql.string(text));
  }

  private static List<String> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().endsWith(".parquet"))
          .map(Path::toString)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
