package dev.kindling.spark.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Where the rows of a query go. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @Type(value = Output.Staged.class, name = "staged"),
  @Type(value = Output.Text.class, name = "text"),
  @Type(value = Output.Inline.class, name = "inline")
})
public sealed interface Output {

  /**
   * Files in a folder that nobody reads yet. Parquet files hold timestamps as microseconds unless
   * the session sets {@code spark.sql.parquet.outputTimestampType}. {@link Result#files()} names
   * the files in the order of the rows. No {@code _SUCCESS} and no checksum files are written.
   * After a failure the folder may hold some files; nothing writes to it any more, and the caller
   * deletes it.
   *
   * @param folder absent, or empty
   * @param format Spark's name of the format: parquet, csv, json, orc, text, …
   * @param options the writer's options, with Spark's names and defaults
   * @param partitionBy columns that become folders
   */
  record Staged(Path folder, String format, Map<String, String> options, List<String> partitionBy)
      implements Output {
    public Staged {
      requireNonNull(folder, "folder is null");
      requireNonNull(format, "format is null");
      options = Map.copyOf(options);
      partitionBy = List.copyOf(partitionBy);
    }

    /** Rows as Parquet, to be read by the other engine. */
    public static Staged parquet(Path folder) {
      return new Staged(folder, "parquet", Map.of(), List.of());
    }

    /** The names of the options only: values may be secret. */
    @Override
    public String toString() {
      return "Staged[folder=%s, format=%s, options=%s, partitionBy=%s]"
          .formatted(folder, format, options.keySet(), partitionBy);
    }
  }

  /**
   * Text cells, formatted as the {@code spark-sql} shell prints them: one JSON array of strings per
   * row, SQL NULL as JSON null. Every type can be written so. Read it with {@link TextRows}.
   *
   * @param file is created or replaced
   */
  record Text(Path file) implements Output {
    public Text {
      requireNonNull(file, "file is null");
    }
  }

  /**
   * Few rows, typed, in {@link Result#inline()} of the answer: booleans, integers and finite floats
   * as JSON's own; decimals, and floats that are not finite, as text; dates and timestamps in ISO
   * 8601 (TIMESTAMP as an instant in UTC); binary as Base64; arrays as arrays; maps as arrays of
   * pairs; structs as arrays of their fields; other types as the {@code spark-sql} shell prints
   * them.
   *
   * @param maxRows further rows are left out and {@link Result#truncated()} is set
   */
  record Inline(int maxRows) implements Output {
    public Inline {
      if (maxRows < 0) {
        throw new IllegalArgumentException("maxRows must not be negative, was " + maxRows);
      }
    }
  }
}
